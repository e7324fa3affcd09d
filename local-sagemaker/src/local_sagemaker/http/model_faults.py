"""What a request has that the API description of its operation does not allow.

moto trusts its callers and stumbles over such a request; AWS refuses it. It is asked for once moto
has stumbled, so that a request which moto answers is answered.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

from botocore.exceptions import UnknownServiceError
from botocore.model import OperationModel, OperationNotFoundError
from botocore.validate import ParamValidator
from werkzeug.wrappers import Request

from local_sagemaker.faults.operations import operation_of
from local_sagemaker.protocol.service_models import service_model

_WHOLE_NUMBERS = ("integer", "long")


def model_fault(environ: dict[str, Any], body: bytes) -> str:
    """In botocore's words; empty for a request that is as it should be, or is of no operation."""
    found = operation_of({**environ, "wsgi.input": Request.from_values(data=body).stream})
    if found is None:
        return ""
    try:
        operation = service_model(found.service).operation_model(found.name)
    except (UnknownServiceError, OperationNotFoundError):
        return ""
    if operation.input_shape is None:
        return ""
    if "x-www-form-urlencoded" in environ.get("CONTENT_TYPE", ""):
        return _form_fault(operation, dict(parse_qsl(body.decode(errors="replace"))))
    return _json_fault(operation, body)


def _json_fault(operation: OperationModel, body: bytes) -> str:
    """Members that are in the path, the query or a header are the router's."""
    try:
        content = json.loads(body or b"{}")
    except ValueError:
        return ""
    shape: Any = operation.input_shape
    elsewhere = [name for name, each in shape.members.items() if each.serialization.get("location")]
    if isinstance(content, dict):
        stand_ins = {name: _any(shape.members[name]) for name in elsewhere}
        content = {**content, **stand_ins}
    report = ParamValidator().validate(content, shape)
    return str(report.generate_report()) if report.has_errors() else ""


def _any(shape: Any) -> Any:
    """A value that a member may have which is looked at elsewhere."""
    by_type = {"boolean": True, "integer": 10, "long": 10, "timestamp": 0, "list": [], "map": {}}
    return by_type.get(shape.type_name, "x" * int(shape.metadata.get("min", 1)))


def _form_fault(operation: OperationModel, form: dict[str, str]) -> str:
    """Of the members that are no lists or structures."""
    shape: Any = operation.input_shape
    for name, member in shape.members.items():
        key = member.serialization.get("name", name)
        given = [each for each in form if each == key or each.startswith(f"{key}.")]
        if name in shape.required_members and not given:
            return f"Missing required parameter in input: {name}"
        if member.type_name in _WHOLE_NUMBERS and key in form and not _is_whole(form[key]):
            return f"Invalid type for parameter {name}: it is a whole number"
    return ""


def _is_whole(text: str) -> bool:
    return text.removeprefix("-").isdecimal() and len(text) < 20
