"""The quota that a task's result must keep."""

from __future__ import annotations

from typing import Any

from local_sagemaker.stepfunctions.failure import StateFailed
from local_sagemaker.stepfunctions.json_text import is_too_long

# Recorded of a task's result. Of what a state itself makes too long, the documentation says that
# States.ALL does not catch it.
_CAUGHT_BY = ("States.ALL",)


def too_long(
    text: str, name: str, event: str, details: dict[str, Any] | None = None
) -> StateFailed | None:
    """The failure of the task with this result, if it is above the quota.

    Step Functions calls the task by its function's ARN, or by the service.
    """
    if not is_too_long(text):
        return None
    cause = (
        f"The state/task '{name}' returned a result with a size exceeding the maximum number of "
        "bytes service limit."
    )
    return StateFailed("States.DataLimitExceeded", cause, event, details or {}, _CAUGHT_BY)
