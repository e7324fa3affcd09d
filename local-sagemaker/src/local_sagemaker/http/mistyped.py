"""JSON bodies that have a value of another type than its member.

AWS refuses them as it reads them (SerializationException). moto would keep one such value, and from
then on send it to every client that asks, whose own parser stumbles over it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import UnknownServiceError
from botocore.model import OperationModel, OperationNotFoundError
from moto.core.request import Request
from moto.core.routing import get_service_router
from werkzeug.exceptions import NotFound

from local_sagemaker.protocol.json_types import json_type_fault
from local_sagemaker.protocol.service_models import service_model

_UNKNOWN = (UnknownServiceError, OperationNotFoundError, NotFound, NotImplementedError)
_UNREADABLE = (ValueError, RecursionError)


def mistyped(service: str, environ: dict[str, Any], body: bytes) -> str:
    """The first such value; empty for a body that has none, or that is no JSON."""
    try:
        operation = _operation(service, environ)
        content = json.loads(body) if operation and body else None
    except (*_UNKNOWN, *_UNREADABLE):  # for others to refuse
        return ""
    shape: Any = operation.input_shape if operation else None
    if not isinstance(content, dict) or shape is None:
        return ""
    return next(_faults(shape, content, ""), "")


def _operation(service: str, environ: dict[str, Any]) -> OperationModel | None:
    """None for an operation whose members are not those of a JSON body."""
    target = environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")[2]
    if target:
        return service_model(service).operation_model(target)
    if service_model(service).metadata.get("protocol") != "rest-json":
        return None
    operation, _ = get_service_router(service).match(Request(environ))
    payload = operation.input_shape and operation.input_shape.serialization.get("payload")
    return None if payload else operation


def _faults(shape: Any, value: Any, path: str) -> Iterator[str]:
    """A null counts as left out."""
    if value is None:
        return
    fault = json_type_fault(shape, value, path)
    if fault:
        yield fault
    elif shape.type_name == "structure" and not shape.metadata.get("document"):
        for name, member in shape.members.items():
            if "location" not in member.serialization:
                written = member.serialization.get("name", name)
                yield from _faults(member, value.get(written), f"{path}.{written}".lstrip("."))
    elif shape.type_name == "list":
        for number, item in enumerate(value):
            yield from _faults(shape.member, item, f"{path}.{number}")
    elif shape.type_name == "map":
        for key, item in value.items():
            yield from _faults(shape.value, item, f"{path}.{key}")
