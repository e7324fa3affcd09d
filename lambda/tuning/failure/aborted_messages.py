"""What the failure path has done to endpoint and leftovers, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuning.failure.error_cause import ErrorCause

_NONE_TOUCHED = "No endpoint was touched."
_GONE = "Could not find"  # SageMaker's words for an endpoint config or a model that is gone
_MISSING = f'{_GONE} endpoint "'


def endpoint_message(endpoint: str, restored: Mapping[str, Any]) -> str:
    """What became of the endpoint.

    `restored` holds `Asked` (RestorePrevious, DeleteEndpoint or nothing), `Refused` (why that was
    refused), `Previous` (the config that served before), `Left` (what InspectEndpoint saw last:
    Status, ConfigName, Reason, Error) and `Touched`: whether the execution had come as far as the
    endpoint.
    """
    if not restored.get("Touched", True):
        return f"The endpoint {endpoint} was not touched." if endpoint else _NONE_TOUCHED
    left = restored.get("Left")
    if not left:
        return f"The endpoint {endpoint} serves the new model, which has answered real rows."
    asked, previous = restored["Asked"], restored["Previous"]
    if asked == "DeleteEndpoint" and _MISSING in left.get("Error", ""):
        return f"The endpoint {endpoint} is deleted again: nothing served there before."
    if _MISSING in left.get("Error", ""):
        return f"There is no endpoint {endpoint} any more: somebody has deleted it."
    if asked == "RestorePrevious" and _is_back(left, previous):
        return f"The endpoint {endpoint} serves {previous} again, as before."
    if asked or "Error" in left:
        refusal = ErrorCause.parse(restored.get("Refused", "")).message
        seen = " ".join(part for part in (_state(left), _refused(refusal)) if part)
        remedy = _remedy(previous, gone=_GONE in refusal)
        return f"The endpoint {endpoint} could not be restored: {seen} {remedy}"
    return f"The endpoint {endpoint} is {left['Status']} and serves {left['ConfigName']}."


def clean_up_message(cleaned: Mapping[str, Any]) -> str:
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
    reason = left.get("Reason", "")  # why SageMaker has rolled the attempt back
    return f"it is {left['Status']} with {left['ConfigName']}.{f' {reason}' if reason else ''}"


def _refused(reason: str) -> str:
    return f"The attempt was refused: {reason}" if reason else ""


def _remedy(previous: str, *, gone: bool) -> str:
    if not previous:
        return "Delete it: aws sagemaker delete-endpoint."
    if gone:
        return (
            f"What {previous} needs was deleted, so that it can serve no more. Start a new "
            "execution, or delete the endpoint: aws sagemaker delete-endpoint."
        )
    return f"Update it to {previous}: aws sagemaker update-endpoint."
