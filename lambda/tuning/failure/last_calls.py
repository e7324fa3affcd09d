"""From when on what an execution has left is all that it can leave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

_LONGEST_CALL = timedelta(minutes=15)  # Lambda's limit for a function


def last_calls_over(execution: Mapping[str, Any]) -> datetime:
    """A recovery since then has undone everything; `execution` is as Step Functions describes it.

    A function goes on when its execution is stopped, or when another iteration of its Map fails,
    and its call takes effect. So an execution is recovered again once none of its functions can
    run any more. Until then any recovery since its start counts.
    """
    start: datetime = execution["startDate"]
    ended: datetime | None = execution.get("stopDate")
    over = ended + _LONGEST_CALL if ended else None
    return over if over and datetime.now(UTC) > over else start
