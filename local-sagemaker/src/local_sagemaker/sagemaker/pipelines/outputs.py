"""The output parameters of Lambda and Callback steps."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.pipelines.expressions import as_text
from local_sagemaker.sagemaker.pipelines.faults import StepFailed

_TYPES: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "Float": (int, float),
    "Boolean": (bool,),
}


def outputs_of(declared: list[Document], given: Mapping[str, Any]) -> Document:
    """The declared outputs by name, each in its type.

    Raises:
        StepFailed: one is missing, or of another type.
    """
    found: Document = {}
    for each in declared:
        name, kind = each["OutputName"], each.get("OutputType", "String")
        if name not in given:
            raise StepFailed(f"ClientError: The step did not return the output '{name}'.")
        found[name] = _typed(name, kind, given[name])
    return found


def shown(outputs: Document) -> list[Document]:
    """As the step's Metadata has them."""
    return [{"Name": name, "Value": as_text(value)} for name, value in outputs.items()]


def _typed(name: str, kind: str, value: Any) -> Any:
    if kind == "String":
        return value if isinstance(value, str) else json.dumps(value)
    try:
        typed = json.loads(value.lower()) if isinstance(value, str) else value
    except ValueError:
        typed = None
    if not isinstance(typed, _TYPES[kind]) or (kind != "Boolean" and isinstance(typed, bool)):
        raise StepFailed(f"ClientError: Output '{name}' is no {kind}: {value!r:.100}.")
    return typed
