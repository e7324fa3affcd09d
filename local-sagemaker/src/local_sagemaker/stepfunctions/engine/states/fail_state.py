"""Fail: an error and a cause, either of which may be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from local_sagemaker.stepfunctions.engine.data_flow import effective_input
from local_sagemaker.stepfunctions.engine.fields import expression
from local_sagemaker.stepfunctions.engine.outcome import Outcome
from local_sagemaker.stepfunctions.failure import StateFailed
from local_sagemaker.stepfunctions.queries import path

if TYPE_CHECKING:
    from local_sagemaker.stepfunctions.engine.visit import Visit


def perform(visit: Visit) -> Outcome:
    """Never gives an outcome: it raises the failure that it stands for."""
    chosen = effective_input(visit)
    raise StateFailed(_said(visit, "Error", chosen), _said(visit, "Cause", chosen))


def _said(visit: Visit, field: str, chosen: Any) -> str | None:
    if f"{field}Path" in visit.said:
        scope = visit.scope(input=chosen)
        found: str = path.select(visit.said[f"{field}Path"], scope, f"{field}Path")
        return found
    if field not in visit.said:
        return None
    text: str = expression(visit, field, "string") if visit.is_jsonata else visit.said[field]
    return text
