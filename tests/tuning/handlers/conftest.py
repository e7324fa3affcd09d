"""An account of moto's for the handlers: S3, SageMaker's resources, SNS and Step Functions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws
from tuning.aws import gateway

from tests.tuning.plans import ENVIRONMENT, EXECUTION

VARIABLES = {
    "NAME_PREFIX": ENVIRONMENT.name_prefix,
    "BUCKET": ENVIRONMENT.bucket,
    "AWS_DEFAULT_REGION": EXECUTION.region,
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
}


@dataclass(frozen=True)
class Account:
    """The data bucket of the account, and clients that talk to it."""

    bucket: str = ENVIRONMENT.bucket

    def client(self, service: str) -> Any:
        return boto3.client(service)  # type: ignore[call-overload]

    def put(self, key: str, content: str) -> None:
        self.client("s3").put_object(Bucket=self.bucket, Key=key, Body=content.encode())

    def read(self, key: str) -> Any:
        """The JSON of an object."""
        answer = self.client("s3").get_object(Bucket=self.bucket, Key=key)
        return json.loads(answer["Body"].read())

    def refuse(self, service: str, operation: str, code: str, message: str) -> None:
        """From now on the handlers' client gets this answer, which moto gives nobody."""

        def answer(**request: Any) -> None:
            raise ClientError({"Error": {"Code": code, "Message": message}}, operation)

        events = gateway.client(service).meta.events
        events.register(f"before-call.{service}.{operation}", answer)


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[Account]:
    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value)
    gateway.client.cache_clear()
    with mock_aws():
        region = {"LocationConstraint": EXECUTION.region}
        made = Account()
        made.client("s3").create_bucket(Bucket=made.bucket, CreateBucketConfiguration=region)
        yield made
    gateway.client.cache_clear()
