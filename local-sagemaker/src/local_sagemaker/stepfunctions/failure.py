"""What a state fails with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

RUNTIME = "States.Runtime"
MAX_CAUSE = 32_768
"""Characters of a cause in a history (EventDetails of the API reference); what is beyond is cut."""


@dataclass
class StateFailed(Exception):
    """A failure that Retry and Catch may meet.

    `error` is the name that ErrorEquals is compared with, such as States.TaskFailed; `cause` the
    text beside it. `event` is the type of the event that tells of it in the history before the
    execution or the catching state goes on, such as TaskFailed or EvaluationFailed; empty where
    Step Functions writes none. `details` are members of that event beside error and cause, such as
    resource and resourceType. `also_named` are further names that ErrorEquals may have for it, such
    as States.HeartbeatTimeout of a States.Timeout.
    """

    error: str | None
    cause: str | None = None
    event: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    also_named: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.cause is not None:
            self.cause = self.cause[:MAX_CAUSE]

    def __str__(self) -> str:
        return f"{self.error}: {self.cause}"
