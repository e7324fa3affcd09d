"""When a model is tuned after objects have come into its channels."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tuning.variables.arrival import WaitingModel

_STEPS = 10  # in the quiet time, so that a thousand objects at once write a dozen times


def due_time(model: WaitingModel, came: datetime, first: datetime) -> datetime:
    """For an object that came then: after the quiet time, rounded up by at most a tenth of it.

    No later than the longest wait after the `first` object that the run is for.
    """
    step = max(1, model.quiet_in_seconds // _STEPS)
    quiet_until = came.timestamp() + model.quiet_in_seconds
    rounded = datetime.fromtimestamp(-(-quiet_until // step) * step, UTC)
    return min(rounded, first + timedelta(seconds=model.max_wait_in_seconds))


def retry_minutes(model: WaitingModel) -> int:
    """How long to wait before another look when the time has come and a run still goes on."""
    return max(1, model.quiet_in_seconds // 60)
