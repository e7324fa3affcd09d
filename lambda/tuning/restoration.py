"""What the failure path has done to endpoint and leftovers, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuning.error_cause import ErrorCause

_NONE_TOUCHED = "No endpoint was touched."
_MISSING = "Could not find endpoint"


def restoration(endpoint: str, restored: Mapping[str, Any]) -> str:
    """What became of the endpoint.

    `restored` holds `Asked` (RestorePrevious, DeleteEndpoint or nothing), `Refused` (why that was
    refused), `Previous` (the config that served before), `Left` (what InspectEndpoint saw last:
    Status, ConfigName, Error) and `Touched`: whether the execution had come as far as the endpoint.
    """
    if not restored.get("Touched", True):
        return f"The endpoint {endpoint} was not touched." if endpoint else _NONE_TOUCHED
    left = restored.get("Left")
    if not left:
        return f"The endpoint {endpoint} serves the new model, which has answered real rows."
    asked, previous = restored["Asked"], restored["Previous"]
    if asked == "DeleteEndpoint" and _MISSING in left.get("Error", ""):
        return f"The endpoint {endpoint} is deleted again: nothing served there before."
    if asked == "RestorePrevious" and _is_back(left, previous):
        return f"The endpoint {endpoint} serves {previous} again, as before."
    if asked or "Error" in left:
        seen = f"{_state(left)}{_refusal(restored.get('Refused', ''))}"
        return f"The endpoint {endpoint} could not be restored: {seen} {_remedy(previous)}"
    return f"The endpoint {endpoint} is {left['Status']} and serves {left['ConfigName']}."


def clean_up(cleaned: Mapping[str, Any]) -> str:
    """What was stopped and deleted, or why that failed.

    A model and its endpoint config have one name, which is told once.
    """
    if "Error" in cleaned:
        message = ErrorCause.parse(cleaned["Error"]).message
        return f"What it has made could not be cleaned up: {message}"
    parts = [
        f"{verb} {', '.join(dict.fromkeys(cleaned[verb]))}."
        for verb in ("Stopped", "Deleted")
        if cleaned.get(verb)
    ]
    return " ".join(parts)


def _is_back(left: Mapping[str, Any], previous: str) -> bool:
    return bool(left["Status"] == "InService" and left["ConfigName"] == previous)


def _state(left: Mapping[str, Any]) -> str:
    if "Error" in left:
        return f"it could not be read ({ErrorCause.parse(left['Error']).message})."
    return f"it is {left['Status']} with {left['ConfigName']}."


def _refusal(cause: str) -> str:
    return f" The attempt was refused: {ErrorCause.parse(cause).message}" if cause else ""


def _remedy(previous: str) -> str:
    if not previous:
        return "Delete it: aws sagemaker delete-endpoint."
    return f"Update it to {previous}: aws sagemaker update-endpoint."
