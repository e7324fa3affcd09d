"""Pass: its Result, or its input."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_sagemaker.stepfunctions.engine.data_flow import (
    arguments,
    effective_input,
    with_result,
    without_result,
)
from local_sagemaker.stepfunctions.engine.outcome import Outcome

if TYPE_CHECKING:
    from local_sagemaker.stepfunctions.engine.visit import Visit


def perform(visit: Visit) -> Outcome:
    """With Result, neither InputPath nor Parameters matter, unless they fail."""
    if visit.is_jsonata:
        return without_result(visit)
    if "Result" in visit.said:
        visit.seen["result"] = visit.said["Result"]
        return with_result(visit, visit.said["Result"])
    return with_result(visit, arguments(visit, effective_input(visit)))
