"""Refuses the patterns of a fault that no call can ever match."""

from __future__ import annotations

import difflib
import fnmatch
from collections.abc import Iterable

from local_sagemaker.faults.operations import SIGNING_NAMES
from local_sagemaker.protocol.callers import KINDS
from local_sagemaker.protocol.service_models import service_model, service_names


def find_mistake(service: str, operation: str, caller: str) -> str:
    """What is wrong with the patterns, in one sentence; empty when some call may match."""
    services = service_names()
    if not _any_like(services, service):
        own = SIGNING_NAMES.get(service)
        return _unknown(
            f"service '{service}' is none that boto3 has a client for",
            [own] if own else difflib.get_close_matches(service, services),
        )
    if service in services and " " not in operation:
        operations = service_model(service).operation_names
        if not _any_like(operations, operation):
            near = difflib.get_close_matches(operation, operations)
            return _unknown(f"operation '{operation}' is none of {service}", near)
    if not _any_like(KINDS, caller.split(".")[0]):
        return f"caller '{caller}' begins with none of {', '.join(KINDS)}."
    return ""


def _any_like(names: Iterable[str], pattern: str) -> bool:
    return any(fnmatch.fnmatchcase(name.lower(), pattern.lower()) for name in names)


def _unknown(mistake: str, near: list[str]) -> str:
    return f"{mistake}. Did you mean {' or '.join(near)}?" if near else f"{mistake}."
