"""The endpoint and the model that an execution input names, which may be anything that JSON is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_NAME = re.compile(r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}")  # EndpointName of SageMaker's API


def parsed(text: str | None) -> Mapping[str, Any]:
    """An input by its text; empty when it is no object."""
    try:
        document = json.loads(text or "{}")
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}


def endpoint_of(document: Mapping[str, Any]) -> str | None:
    """None when it names no endpoint that can be."""
    endpoint = document.get("Endpoint")
    return _name(endpoint.get("EndpointName")) if isinstance(endpoint, dict) else None


def model_of(document: Mapping[str, Any]) -> str | None:
    """None when it names no model that can be."""
    return _name(document.get("ModelName"))


def is_endpoint_name(name: str) -> bool:
    """Whether SageMaker takes it for one; of another it refuses to say that there is none."""
    return _NAME.fullmatch(name) is not None


def _name(value: Any) -> str | None:
    return value if isinstance(value, str) and is_endpoint_name(value) else None
