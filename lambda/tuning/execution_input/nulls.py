"""A field that is null counts as not given, as in AWS's APIs: its default holds.

Where the document is laid over deployed defaults, null takes the deployed value away: `{"Retrain":
null}` turns off a deployed Retrain. So null stays in the places that are laid over until then: in
the document, in its training job definitions and in the objects that are MACHINES.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuning.execution_input.definition import DEFINITIONS

# Members of these are laid over one by one: a document with a volume size keeps the instance type.
MACHINES = ("ResourceConfig", "Endpoint")


def without_inner_nulls(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document, or a definition of it, with null only where it takes something away."""
    return {name: _field(name, value) for name, value in document.items()}


def given(document: Mapping[str, Any]) -> dict[str, Any]:
    """The members that are not null."""
    return {name: value for name, value in document.items() if value is not None}


def _field(name: str, value: Any) -> Any:
    if name in MACHINES and isinstance(value, Mapping):
        return {member: _without(inner) for member, inner in value.items()}
    if name == DEFINITIONS and isinstance(value, list):
        return [without_inner_nulls(each) if isinstance(each, Mapping) else each for each in value]
    return _without(value)


def _without(value: Any) -> Any:
    """null in a list stays: the list would say something else without it."""
    if isinstance(value, Mapping):
        return {name: _without(inner) for name, inner in given(value).items()}
    return [_without(item) for item in value] if isinstance(value, list) else value
