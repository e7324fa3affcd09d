from __future__ import annotations

from typing import Any

import boto3
from botocore.config import Config

from tests.moto_faults.clients import REGION, client


def test_a_secret_is_written_to_another_that_its_text_names() -> None:
    secrets = client("secretsmanager")
    for name in ("mine", "yours"):
        secrets.create_secret(Name=name, SecretString="old")
    secrets.put_secret_value(SecretId="mine", SecretString="a&SecretId=yours&b")
    assert secrets.get_secret_value(SecretId="mine")["SecretString"] == "old"


def test_a_user_agent_names_the_region() -> None:
    make: Any = boto3.client
    config = Config(user_agent="program region/eu-west-1")
    make("sqs", region_name=REGION, config=config).create_queue(QueueName="queue")
    assert not client("sqs").list_queues().get("QueueUrls")
