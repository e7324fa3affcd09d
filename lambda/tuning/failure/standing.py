"""What an execution, or an earlier recovery of it, has come to already."""

from __future__ import annotations

from typing import Any

from tuning.failure.error_cause import ErrorCause
from tuning.variables.explanation import Explanation
from tuning.variables.failed_state import FailedState
from tuning.variables.recovery_record import RecoveryRecord
from tuning.variables.removed import Removed
from tuning.variables.result import Result, parse_result
from tuning.variables.summary import Summary

# After these a summary does not stand: nobody was handed it, and it may be too large to be.
_TAKES_BACK = ("ABORTED", "TIMED_OUT", "FAILED")


def standing_result(
    failure: FailedState, summary: dict[str, Any] | None, record: dict[str, Any] | None
) -> Result | None:
    """By the contents of summary.json and of a recovery's record; None when something is to undo.

    A person who stops an execution that has written its report takes back what is not proven.
    """
    if summary is not None and failure.error not in _TAKES_BACK:
        return _with_prunes_failure(parse_result(summary), failure)
    earlier = RecoveryRecord.parse(record) if record else None
    if earlier is None or not earlier.complete:
        return None
    return Explanation(outcome=earlier.outcome, reason=earlier.reason)


def _with_prunes_failure(summary: Result, failure: FailedState) -> Result:
    if failure.state != "Prune" or not isinstance(summary, Summary):
        return summary
    removed = Removed(error=ErrorCause.parse(failure.cause).message)
    return summary.model_copy(update={"pruned": removed})
