"""Properties of a template under the names of an API that begins them with a small letter."""

from __future__ import annotations

from typing import Any


def in_camel_case(value: Any) -> Any:
    """Names at any depth: {"LogGroupArn": ...} becomes {"logGroupArn": ...}."""
    if isinstance(value, dict):
        return {key[0].lower() + key[1:]: in_camel_case(inner) for key, inner in value.items()}
    return [in_camel_case(item) for item in value] if isinstance(value, list) else value
