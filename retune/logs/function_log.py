"""What Retune's functions have logged while they worked for an execution."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from retune.aws import Aws
from retune.executions.execution import describe_execution, latest_first, nested_execution
from retune.executions.visits import Visit, visits
from retune.logs.events import LogEvent, read_events

_LATE = 1000  # milliseconds that a function may go on writing when its state is over
_FRAME = ("START RequestId", "END RequestId", "REPORT RequestId", "INIT_START")  # of Lambda
_KNOWN = (
    "level", "location", "message", "timestamp", "service", "cold_start", "function_name",
    "function_memory_size", "function_arn", "function_request_id", "xray_trace_id",
)  # fmt: skip


@dataclass(frozen=True)
class FunctionLog:
    """The states of an execution and of its recovery, in the times in which it was in them.

    Another execution that was in the same state at the same time is told beside it: functions do
    not log whom they work for.
    """

    aws: Aws
    prefix: str
    execution_arn: str

    def events(self, since: int) -> list[LogEvent]:
        found = [
            replace(event, source=state)
            for state, (begin, end) in self._times().items()
            for event in read_events(
                self.aws, f"/aws/lambda/{self.prefix}-{state}", since=max(since, begin), until=end
            )
            if not event.message.startswith(_FRAME)
        ]
        return sorted(found, key=lambda event: event.milliseconds)

    def is_over(self) -> bool:
        return not describe_execution(self.aws, self.execution_arn).is_running

    def _times(self) -> dict[str, tuple[int, int]]:
        """When the execution first came to a state, and when it last left it; or now."""
        now = datetime.now(UTC)
        return {
            visit.state: (_milliseconds(visit.entered), _milliseconds(visit.left or now) + _LATE)
            for visit in self._visits(self.execution_arn)
        }

    def _visits(self, arn: str) -> Iterator[Visit]:
        history = latest_first(self.aws, arn)
        yield from visits(history, runs=describe_execution(self.aws, arn).is_running)
        for nested in filter(None, map(nested_execution, history)):
            yield from self._visits(nested)


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def readable(message: str) -> str:
    """A structured message of Powertools as a person reads it; another one as it is."""
    try:
        fields = json.loads(message)
    except ValueError:
        return message.rstrip()
    if not isinstance(fields, dict) or "message" not in fields:
        return message.rstrip()
    others = {name: value for name, value in fields.items() if name not in _KNOWN}
    told = [f"{name}={_value(value)}" for name, value in others.items()]
    return " ".join([str(fields.get("level", "")), str(fields["message"]), *told]).strip()


def _value(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
