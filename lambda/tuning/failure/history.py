"""Reads from an execution's history which state failed, and with what it was sent to recovery.

Names and links of the events are those of GetExecutionHistory: each event has the id of the one
that led to it, within its own branch of a Parallel and its own iteration of a Map.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Event = Mapping[str, Any]
_RECOVER = "Recover"  # the state that runs the recovery machine


@dataclass(frozen=True)
class History:
    """The events of one execution, newest first."""

    events: tuple[Event, ...]

    @classmethod
    def of(cls, events: Iterable[Event]) -> History:
        """From the events as GetExecutionHistory lists them with `reverseOrder`."""
        return cls(tuple(events))

    @property
    def tells_the_end(self) -> bool:
        """It may lag behind the execution's status."""
        return any("executionFailedEventDetails" in event for event in self.events)

    @property
    def caught(self) -> tuple[str, str] | None:
        """Error and cause that the workflow has caught; None when it came to no Catch."""
        for event in self.events:
            if _entered(event) == _RECOVER:
                given = json.loads(event["stateEnteredEventDetails"].get("input") or "{}")
                return given.get("Error", ""), given.get("Cause", "")
        return None

    def failing_state(self, error: str) -> str | None:
        """The state, of a branch or an iteration too, that was the last to fail with this error."""
        by_id = {event["id"]: event for event in self.events}
        for event in self._before_recovery():
            if _error(event) == error:
                return _state_of(event, by_id)
        return None

    def _before_recovery(self) -> tuple[Event, ...]:
        """Recover itself may have failed, and by the same name."""
        names = [_entered(event) for event in self.events]
        return self.events[names.index(_RECOVER) + 1 :] if _RECOVER in names else self.events


def _entered(event: Event) -> str | None:
    name: str | None = event.get("stateEnteredEventDetails", {}).get("name")
    return name


def _error(event: Event) -> str | None:
    """The error of an event that tells of a failure within the execution."""
    if event["type"].startswith("Execution"):
        return None
    details = (value for key, value in event.items() if key.endswith("EventDetails"))
    return next((detail["error"] for detail in details if "error" in detail), None)


def _state_of(event: Event, by_id: Mapping[int, Event]) -> str | None:
    """The state that was entered last on the way to an event."""
    while (name := _entered(event)) is None:
        previous = by_id.get(event.get("previousEventId", 0))
        if previous is None:
            return None
        event = previous
    return name
