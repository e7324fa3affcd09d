"""What a request has that the API description of its operation does not allow.

It is asked for once moto has stumbled, so that a request which moto answers is answered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from botocore.exceptions import UnknownServiceError
from botocore.model import OperationNotFoundError
from botocore.validate import ParamValidator

from local_sagemaker.http.alternatives import alternatives_fault
from local_sagemaker.protocol.parsed_request import ParsedRequest
from local_sagemaker.protocol.service_models import service_model

_ARN = re.compile(r"arn:[^:]+:[^:]+:[^:]*:[^:]*:.+", re.DOTALL)


def content_fault(service: str, environ: dict[str, Any], body: bytes) -> str:
    """Of the JSON for a target, in botocore's words; empty for another request."""
    target = environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")[2]
    try:
        shape = service_model(service).operation_model(target).input_shape
        content = json.loads(body or b"{}")
    except (UnknownServiceError, OperationNotFoundError, ValueError):
        return ""
    return _report(content, shape) if shape is not None else ""


def model_fault(request: ParsedRequest) -> str:
    """Empty for a request that is as it should be."""
    shape: Any = request.operation.input_shape
    if shape is None:
        return ""
    return (
        _report(request.members, shape)
        or next(_faults(shape, request.members, ""), "")
        or alternatives_fault(request.operation.name, request.members)
    )


def arn_fault(request: ParsedRequest) -> str:
    """Of members that are called ARNs; empty when all are."""
    shape = request.operation.input_shape
    return next(_arn_faults(shape, request.members, ""), "") if shape is not None else ""


def absent_members(shape: Any, value: Any) -> Iterator[str]:
    """The names of members that a structure could have and has not, at any depth."""
    if shape.type_name == "structure":
        yield from set(shape.members) - set(value)
    for member, item, _ in inner(shape, value):
        yield from absent_members(member, item)


def _report(content: Any, shape: Any) -> str:
    report = ParamValidator().validate(content, shape)
    return str(report.generate_report()) if report.has_errors() else ""


def _faults(shape: Any, value: Any, path: str) -> Iterator[str]:
    """What botocore leaves to the service: enumerations, patterns and upper bounds."""
    for member, item, name in inner(shape, value):
        yield from _faults(member, item, f"{path}.{name}".lstrip("."))
    if shape.type_name == "string":
        rule = _text_fault(shape, value)
        if rule:
            yield f"Invalid value for parameter {path}: {rule}"
    elif shape.type_name in ("integer", "long") and value > shape.metadata.get("max", value):
        yield f"Invalid value for parameter {path}: it is more than {shape.metadata['max']}"


def _text_fault(shape: Any, value: str) -> str:
    """Which rule of its shape a text breaks; empty for none."""
    most, pattern = shape.metadata.get("max"), shape.metadata.get("pattern")
    if shape.enum and value not in shape.enum:
        return f"it is none of {', '.join(shape.enum)}"
    if most is not None and len(value) > most:
        return f"it has more than {most} characters"
    compiled = _compiled(pattern) if pattern else None
    if compiled is not None and not compiled.fullmatch(value):
        return f"it does not match {pattern}"
    return ""


@cache
def _compiled(pattern: str) -> re.Pattern[str] | None:
    """None for one of Java's, such as \\p{Print}+, which Python does not know."""
    try:
        return re.compile(pattern)
    except re.error:
        return None


def _arn_faults(shape: Any, value: Any, path: str) -> Iterator[str]:
    for member, item, name in inner(shape, value):
        yield from _arn_faults(member, item, f"{path}.{name}".lstrip("."))
    if shape.type_name == "string" and path.lower().endswith("arn") and not _ARN.fullmatch(value):
        yield f"Invalid value for parameter {path}: it is no ARN"


def inner(shape: Any, value: Any) -> Iterator[tuple[Any, Any, str]]:
    """What a value is made of, each with its shape and its name; nothing for a scalar."""
    if shape.type_name == "structure" and not shape.metadata.get("document"):
        for name in value.keys() & shape.members.keys():
            yield shape.members[name], value[name], name
    elif shape.type_name == "list":
        for number, item in enumerate(value):
            yield shape.member, item, str(number)
    elif shape.type_name == "map":
        for key, item in value.items():
            yield shape.value, item, key
