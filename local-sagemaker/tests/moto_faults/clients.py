"""Clients of moto in this process, and small resources for the tests."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import boto3

REGION = "us-east-1"
ROLE = "arn:aws:iam::123456789012:role/test"


def client(service: str) -> Any:
    make: Any = boto3.client
    return make(service, region_name=REGION)


def create_role() -> str:
    trust = json.dumps({"Version": "2012-10-17", "Statement": []})
    created = client("iam").create_role(RoleName="test", AssumeRolePolicyDocument=trust)
    return str(created["Role"]["Arn"])


def create_function(name: str = "function", **more: Any) -> str:
    """A function that answers `ran`."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("app.py", "def handler(event, context):\n    return 'ran'\n")
    created = client("lambda").create_function(
        FunctionName=name,
        Runtime="python3.13",
        Role=create_role(),
        Handler="app.handler",
        **({"Code": {"ZipFile": content.getvalue()}} | more),
    )
    return str(created["FunctionArn"])


def create_queue(name: str = "inbox") -> tuple[str, str]:
    """Its URL and its ARN."""
    sqs = client("sqs")
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    return url, attributes["Attributes"]["QueueArn"]


def messages(url: str) -> list[Any]:
    return list(client("sqs").receive_message(QueueUrl=url).get("Messages", []))
