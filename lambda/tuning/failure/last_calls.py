"""From when on what an execution has left is all that it can leave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

_LONGEST_CALL = timedelta(minutes=15)  # Lambda's limit for a function
_STOPPED = ("ABORTED", "TIMED_OUT")


def last_calls_over(execution: Mapping[str, Any]) -> datetime:
    """A recovery since then has undone everything; `execution` is as Step Functions describes it.

    A function goes on when its execution is stopped, and its call takes effect. So an execution
    that was stopped is recovered again once no function of it can run any more.
    """
    start: datetime = execution["startDate"]
    if execution["status"] not in _STOPPED:
        return start
    over: datetime = execution["stopDate"] + _LONGEST_CALL
    return over if datetime.now(UTC) > over else start
