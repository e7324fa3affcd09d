"""Texts of a request that are JSON documents: policies and patterns of events.

The API description calls them strings. As the rest of it, they are looked at once moto has
stumbled.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from local_sagemaker.http.model_faults import inner
from local_sagemaker.protocol.parsed_request import ParsedRequest

_POLICIES = ("policy", "policydocument")
_OBJECTS = (*_POLICIES, "eventpattern", "redrivepolicy", "redriveallowpolicy", "filterpolicy")
_STATEMENT = (("Effect",), ("Action", "NotAction"), ("Resource", "NotResource", "Principal"))


def document_fault(request: ParsedRequest) -> str:
    """Empty for a request whose documents are as they should be."""
    shape = request.operation.input_shape
    return next(_faults(shape, request.members, ""), "") if shape is not None else ""


def _faults(shape: Any, value: Any, name: str) -> Iterator[str]:
    for member, item, called in inner(shape, value):
        yield from _faults(member, item, called)
    if shape.type_name == "string" and name.lower().endswith(_OBJECTS):
        yield from _document_faults(name, value)


def _document_faults(name: str, text: str) -> Iterator[str]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        yield f"{name} is not a JSON object"
    elif name.lower() in _POLICIES or name.lower().endswith("policydocument"):
        yield from _policy_faults(name, document)


def _policy_faults(name: str, policy: dict[str, Any]) -> Iterator[str]:
    """By the grammar of IAM's JSON policies, as far as every policy has it."""
    statements = policy.get("Statement")
    for statement in statements if isinstance(statements, list) else [statements]:
        if not isinstance(statement, dict):
            yield f"{name} has no Statement, or one that is not an object"
        elif missing := [one for one in _STATEMENT if not statement.keys() & set(one)]:
            yield f"A Statement of {name} has no {' or '.join(missing[0])}"
