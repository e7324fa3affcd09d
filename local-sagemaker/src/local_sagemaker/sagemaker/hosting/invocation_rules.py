"""What a request to an endpoint may ask for in its headers."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import cache
from typing import Any

from werkzeug.datastructures import Headers

from local_sagemaker.protocol.request_validation import request_fault
from local_sagemaker.sagemaker.errors import ValidationError
from local_sagemaker.sagemaker.hosting.fleet import Fleet
from local_sagemaker.sagemaker.service_model import operation_model

_PREFIX = "X-Amzn-SageMaker"
TARGET_MODEL, TARGET_VARIANT = f"{_PREFIX}-Target-Model", f"{_PREFIX}-Target-Variant"
_NOT_LOCAL = {
    f"{_PREFIX}-Target-Container-Hostname": "TargetContainerHostname",
    f"{_PREFIX}-Inference-Component": "InferenceComponentName",
    f"{_PREFIX}-Enable-Explanations": "EnableExplanations",
    f"{_PREFIX}-Session-Id": "SessionId",
    f"{_PREFIX}-Prefix-Aware-Id": "PrefixAwareId",
}


def check_headers(operation: str, headers: Headers) -> None:
    """Refuse what the operation's description does not allow, or local AWS would leave out.

    Raises:
        ValidationError: names the member of the request.
    """
    fault = request_fault(_header_shape(operation), _members(operation, headers))
    if fault:
        raise ValidationError(fault)
    for header, member in _NOT_LOCAL.items():
        if header in headers:
            raise ValidationError(f"Local AWS has no {member} of an invocation: leave it out.")


@dataclass(frozen=True)
class _HeaderShape:
    """The members of an operation that travel as headers; what is required is asked for later."""

    name: str
    members: dict[str, Any]
    type_name: str = "structure"
    required_members: tuple[str, ...] = ()


@cache
def _header_shape(operation: str) -> _HeaderShape:
    shape: Any = operation_model(operation, "sagemaker-runtime").input_shape
    in_headers = {
        name: member
        for name, member in shape.members.items()
        if member.serialization.get("location") == "header"
    }
    return _HeaderShape(operation, in_headers)


def _members(operation: str, headers: Headers) -> dict[str, Any]:
    given = {
        name: (member, headers[member.serialization["name"]])
        for name, member in _header_shape(operation).members.items()
        if member.serialization["name"] in headers
    }
    return {
        name: int(text) if member.type_name == "integer" and text.lstrip("-").isdigit() else text
        for name, (member, text) in given.items()
    }


def target_model(endpoint: str, fleet: Fleet, variant: str, headers: Headers) -> str | None:
    """The model of a multi-model endpoint that is asked; None of any other endpoint.

    Raises:
        ValidationError: it is named where there are not many, or not where there are
            (aws/amazon-sagemaker-examples#1026, aws/sagemaker-tensorflow-serving-container#166).
    """
    target = headers.get(TARGET_MODEL)
    if target is not None and not fleet.is_multi_model(variant):
        raise ValidationError(
            f"Endpoint {endpoint} is not a multi-model endpoint and does not support target model "
            "header."
        )
    if target is None and fleet.is_multi_model(variant):
        raise ValidationError(f"Request {uuid.uuid4()} is missing a target model header.")
    return target
