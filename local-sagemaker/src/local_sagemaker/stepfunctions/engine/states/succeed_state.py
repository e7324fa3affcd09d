"""Succeed: the end of a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_sagemaker.stepfunctions.engine.data_flow import without_result
from local_sagemaker.stepfunctions.engine.outcome import Outcome

if TYPE_CHECKING:
    from local_sagemaker.stepfunctions.engine.visit import Visit


def perform(visit: Visit) -> Outcome:
    """Its input, or its Output."""
    return without_result(visit)
