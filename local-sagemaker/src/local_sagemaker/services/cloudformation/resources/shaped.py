"""A template's values in the types of an API: 0 as "0", "5" as 5, an object as its JSON text.

CloudFormation converts so what a template writes otherwise than the resource's schema has it.
"""

from __future__ import annotations

import json
from typing import Any

_TRUTHS = {"true": True, "false": False}


def as_shaped(value: Any, shape: Any) -> Any:
    """`shape` is of botocore's. What cannot be converted stays, for the API to refuse."""
    kind = shape.type_name if shape is not None else ""
    if kind == "structure" and isinstance(value, dict):
        return {key: as_shaped(item, _member(shape, key)) for key, item in value.items()}
    if kind == "list" and isinstance(value, list):
        return [as_shaped(item, shape.member) for item in value]
    if kind == "map" and isinstance(value, dict):
        return {str(key): as_shaped(item, shape.value) for key, item in value.items()}
    return _scalar(value, kind)


def _member(shape: Any, key: str) -> Any:
    """Some APIs begin with a small letter what templates begin with a capital one."""
    return shape.members.get(key) or shape.members.get(key[:1].lower() + key[1:])


def _scalar(value: Any, kind: str) -> Any:
    if kind == "string":
        return _text(value)
    if kind == "boolean" and isinstance(value, str):
        return _TRUTHS.get(value.lower(), value)
    if kind in ("integer", "long") and isinstance(value, str):
        return int(value) if value.lstrip("-").isdigit() else value
    if kind in ("float", "double") and isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return value
    return value


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    return json.dumps(value) if isinstance(value, dict) else value
