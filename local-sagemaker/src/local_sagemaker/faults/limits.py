"""The errors that say that a quota of the account is used up, from botocore's models."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from botocore.exceptions import UnknownServiceError
from botocore.model import OperationNotFoundError

from local_sagemaker.protocol.service_models import service_model, service_names

_QUOTA_ERROR = re.compile(r"(Limit|Quota)(Exceeded|Reached)")
_USUAL_STATUS = 400


@cache
def limit_error(service: str, operation: str) -> tuple[str, int] | None:
    """Code and HTTP status; None of an operation that meets no quota."""
    try:
        model = service_model(service).operation_model(operation)
    except (UnknownServiceError, OperationNotFoundError):
        return None
    errors: Sequence[Any] = model.error_shapes
    for shape in errors:
        if _QUOTA_ERROR.search(shape.name):
            status = shape.metadata.get("error", {}).get("httpStatusCode", _USUAL_STATUS)
            return str(shape.error_code), int(status)
    return None


def find_no_limit(service: str, operation: str) -> str:
    """What is wrong with patterns of calls that meet no quota, in one sentence; else empty."""
    if service not in service_names():
        return ""  # a pattern
    names = fnmatch.filter(service_model(service).operation_names, operation)
    if any(limit_error(service, name) for name in names):
        return ""
    return f"operation '{operation}' of {service} meets no quota: only one that creates does."
