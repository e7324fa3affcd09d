"""Which state an execution failed in, as its history and its own end tell."""

from __future__ import annotations

from typing import Any

from tuning.failure.error_cause import ErrorCause
from tuning.failure.history import History
from tuning.variables.failed_state import FailedState

RETUNE = "Retune"  # the Parallel state that holds all the others
IN_MAPS = ("CreateTrialModel", "ScoreTrial", "ScoreModel")  # others of their kind run beside them
STEP_FUNCTIONS = "Step Functions"  # which ended the execution itself


def of_ended(execution: dict[str, Any], history: History) -> FailedState:
    """Of an execution that has ended, as DescribeExecution answers.

    One that failed although it had caught an error could not start its recovery: the caught error
    is the first. One that was stopped while it recovered has two reasons.
    """
    caught = _caught(history)
    if execution["status"] == "FAILED" and caught is not None:
        return caught
    why = ": ".join(execution[member] for member in ("error", "cause") if execution.get(member))
    cause = f"the execution is {execution['status']}. {why}".rstrip()
    if caught is not None:
        message = ErrorCause.parse(caught.cause).message
        cause += f" It was recovering: {caught.state} had failed with {caught.error}. {message}"
    return FailedState(state=STEP_FUNCTIONS, error=execution["status"], cause=cause)


def _caught(history: History) -> FailedState | None:
    if history.caught is None:
        return None
    error, cause = history.caught
    state = history.failing_state(error) or RETUNE
    return FailedState(state=state, error=error, cause=cause)
