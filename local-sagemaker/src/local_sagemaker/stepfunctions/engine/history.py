"""What happened in an execution, as GetExecutionHistory tells it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

from local_sagemaker.protocol.service_models import service_model

Event = dict[str, Any]
"""A HistoryEvent of the API: id, previousEventId, timestamp, type, and the details of its type."""

# https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
MOST_EVENTS = 25_000

INCLUDED = {"truncated": False}


class History:
    """The events of one execution, which its branches write side by side."""

    def __init__(self, watch: Callable[[Event], None]) -> None:
        """`watch` is called with each event, in their order."""
        self.lock = threading.RLock()
        self._events: list[Event] = []
        self.watch = watch

    def __getstate__(self) -> dict[str, Any]:
        """What is saved: nobody watches it."""
        return {name: value for name, value in vars(self).items() if name != "watch"}

    def __len__(self) -> int:
        return len(self._events)

    @property
    def events(self) -> list[Event]:
        """All so far, the oldest first."""
        with self.lock:
            return list(self._events)

    def add(self, kind: str, previous: int, details: dict[str, Any]) -> int:
        """Write an event and give its id; details that are None are left out."""
        member = _details_member(kind)
        with self.lock:
            event: Event = {
                "id": len(self._events) + 1,
                "previousEventId": previous,
                "timestamp": datetime.now(UTC),
                "type": kind,
            }
            if member:
                event[member] = {name: item for name, item in details.items() if item is not None}
            self._events.append(event)
            self.watch(event)
            return len(self._events)


@cache
def _details_member(kind: str) -> str | None:
    """The member that holds an event's details; None for a type that has none."""
    for end in ("StateEntered", "StateExited"):
        if kind.endswith(end):
            return f"s{end[1:]}EventDetails"
    member = f"{kind[0].lower()}{kind[1:]}EventDetails"
    known: Any = service_model("stepfunctions").shape_for("HistoryEvent")
    return member if member in known.members else None
