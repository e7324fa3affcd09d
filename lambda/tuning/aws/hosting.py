"""Models, endpoint configs and endpoints: what is missing, or there already, is no fault.

SageMaker has no error code for either, only words. Only an execution itself makes the names of its
models and configs: one that exists is the work of an attempt whose answer was lost.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Any

from botocore.exceptions import ClientError

from tuning.aws.clients import client, describe
from tuning.endpoint.next_step import Endpoint

_EXISTS = "already existing"
_CHANGING = "in-progress endpoint"
# CreateEndpoint may not see a config yet that was just made (API reference of CreateEndpoint).
_UNKNOWN_CONFIG, _PAUSES = "Could not find endpoint configuration", (1, 2, 4)  # seconds


def create_model(request: Mapping[str, Any]) -> None:
    """CreateModel, unless that model exists."""
    _create("create_model", request)


def create_endpoint_config(request: Mapping[str, Any]) -> None:
    """CreateEndpointConfig, unless that config exists."""
    _create("create_endpoint_config", request)


def describe_endpoint(name: str, secrets: Iterable[str]) -> Endpoint | None:
    """DescribeEndpoint, whose reason is told without the `secrets` of the run; None when there is
    no such endpoint."""
    described = describe("describe_endpoint", EndpointName=name)
    return Endpoint.parse(described, secrets) if described else None


def describe_endpoint_config(name: str) -> dict[str, Any] | None:
    """DescribeEndpointConfig as it answers; None when somebody has deleted the config."""
    return describe("describe_endpoint_config", EndpointConfigName=name) or None


def serving_instances(name: str) -> dict[str, int]:
    """How many instances of each type an endpoint has; none without instances or an endpoint."""
    described = describe("describe_endpoint", EndpointName=name)
    variants = described.get("ProductionVariants", [])
    counts = {v["VariantName"]: v.get("CurrentInstanceCount", 0) for v in variants}
    if not any(counts.values()):
        return {}
    config = describe_endpoint_config(described["EndpointConfigName"]) or {}
    found: dict[str, int] = {}
    for variant in config.get("ProductionVariants", []):
        if kind := variant.get("InstanceType"):
            found[kind] = found.get(kind, 0) + counts.get(variant["VariantName"], 0)
    return found


def desired_instances(name: str, variant: str) -> int:
    """How many instances a variant is to have, as scaling or a person has set; 0 when unknown."""
    described = describe("describe_endpoint", EndpointName=name)
    counts = {v["VariantName"]: v for v in described.get("ProductionVariants", [])}
    return int(counts.get(variant, {}).get("DesiredInstanceCount", 0))


def create_endpoint(request: Mapping[str, Any]) -> bool:
    """CreateEndpoint; False when the endpoint must be looked at again.

    Then another execution was faster, or an attempt whose answer was lost has made it.
    """
    return _ask("create_endpoint", request)


def update_endpoint(request: Mapping[str, Any]) -> bool:
    """UpdateEndpoint; False as create_endpoint."""
    return _ask("update_endpoint", request)


def invoke_endpoint(name: str, body: str | bytes, *, content_type: str, accept: str) -> str:
    """The endpoint's answer as text; ClientError `ModelError` when the container refuses."""
    answer = client("sagemaker-runtime").invoke_endpoint(
        EndpointName=name,
        Body=body if isinstance(body, bytes) else body.encode(),
        ContentType=content_type,
        Accept=accept,
    )
    text: str = answer["Body"].read().decode()
    return text


def _create(operation: str, request: Mapping[str, Any]) -> None:
    try:
        getattr(client("sagemaker"), operation)(**request)
    except ClientError as error:
        if _EXISTS not in error.response["Error"]["Message"]:
            raise


def _ask(operation: str, request: Mapping[str, Any]) -> bool:
    for pause in (*_PAUSES, None):
        try:
            getattr(client("sagemaker"), operation)(**request)
            return True
        except ClientError as error:
            message = error.response["Error"]["Message"]
            if _EXISTS in message or _CHANGING in message:
                return False
            if _UNKNOWN_CONFIG not in message or pause is None:
                raise
            time.sleep(pause)
    raise AssertionError("the last attempt returns or raises")
