"""A SageMaker with one endpoint, and an S3, as the handlers of a deployment see them."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError
from tuning.aws import clients, hosting, objects
from tuning.data.s3_location import S3Location
from tuning.handlers import scale_endpoint

from tests.tuning.plans import ENVIRONMENT

_ENDPOINT = "arn:aws:sagemaker:us-east-1:123456789012:endpoint/retune"


def refusal(message: str) -> ClientError:
    """SageMaker's ValidationException, whose words alone tell what is wrong."""
    return ClientError({"Error": {"Code": "ValidationException", "Message": message}}, "Call")


@dataclass
class Aws:
    """`endpoint` is DescribeEndpoint's answer, `configs` are those of DescribeEndpointConfig.

    `refusals` are raised by the calls that make or change something, one a call, before they are
    answered; `asked` has the requests that were answered and `objects` what was written.
    """

    endpoint: dict[str, Any] | None = None
    configs: dict[str, dict[str, Any]] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    objects: dict[str, Any] = field(default_factory=dict)

    def serves(self, config: str, status: str = "InService", **members: Any) -> None:
        """From now on DescribeEndpoint says so."""
        names = {"EndpointArn": _ENDPOINT, "EndpointConfigName": config}
        self.endpoint = {**names, "EndpointStatus": status, **members}

    def describe_endpoint(self, *, EndpointName: str) -> dict[str, Any]:
        if self.endpoint is None:
            raise refusal(f'Could not find endpoint "arn:aws:sagemaker:::endpoint/{EndpointName}".')
        return self.endpoint

    def describe_endpoint_config(self, *, EndpointConfigName: str) -> dict[str, Any]:
        if EndpointConfigName not in self.configs:
            raise refusal(f'Could not find endpoint configuration "{EndpointConfigName}".')
        return self.configs[EndpointConfigName]

    def __getattr__(self, operation: str) -> Any:
        """Every other operation is asked for, or refused."""
        if operation.startswith("_"):
            raise AttributeError(operation)

        def call(**request: Any) -> dict[str, Any]:
            if self.refusals:
                raise refusal(self.refusals.pop(0))
            self.asked.append((operation, request))
            return {"ScalableTargetARN": "target", "PolicyARN": "policy"}

        return call

    def write_object(self, location: S3Location, content: bytes, content_type: str) -> None:
        self.objects[location.key] = json.loads(content)

    def read_if_there(self, location: S3Location, since: datetime | None = None) -> str | None:
        return json.dumps(self.objects[location.key]) if location.key in self.objects else None


def put_in_place_of_aws(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clients and files of tuning.aws are those of `aws`, with the functions' variables."""
    monkeypatch.setenv("NAME_PREFIX", ENVIRONMENT.name_prefix)
    monkeypatch.setenv("BUCKET", ENVIRONMENT.bucket)
    for module in (clients, hosting, scale_endpoint):
        monkeypatch.setattr(module, "client", lambda service: aws)
    for name in ("write_object", "read_if_there"):
        monkeypatch.setattr(objects, name, getattr(aws, name))
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
