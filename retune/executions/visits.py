"""Which states an execution has been in, and how each of them stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from tuning.failure.history import History

Event = dict[str, Any]
_RECOVER = "Recover"


class Standing(StrEnum):
    """Of a state: STOPPED is what was broken off because another failed, or by a person."""

    DONE = "done"
    CURRENT = "current"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass
class Visit:
    """A state, from its first entry until it was last left; in a Map it is in several at a time."""

    state: str
    entered: datetime
    left: datetime | None = None
    standing: Standing = Standing.CURRENT
    times: int = 0
    inside: int = 0

    def seconds(self, now: datetime) -> float:
        return ((self.left or now) - self.entered).total_seconds()

    def enter(self) -> None:
        self.times += 1
        self.inside += 1
        self.left, self.standing = None, Standing.CURRENT

    def leave(self, time: datetime) -> None:
        self.inside -= 1
        if self.inside <= 0:
            self.left, self.standing = time, Standing.DONE

    def fail(self, time: datetime) -> None:
        self.inside, self.left, self.standing = 0, time, Standing.FAILED

    def break_off(self, time: datetime) -> None:
        """Nothing of it goes on, if anything did."""
        self.inside = 0
        if self.standing is Standing.CURRENT:
            self.left, self.standing = time, Standing.STOPPED


def visits(latest_first: Sequence[Event], *, runs: bool) -> list[Visit]:
    """In the order in which the states were entered; `runs` is whether the execution does.

    A Parallel is no place: what happens is in its branch.
    """
    found: dict[str, Visit] = {}
    for event in reversed(latest_first):
        entered, exited = (event.get(f"state{way}EventDetails") for way in ("Entered", "Exited"))
        if entered and event["type"] != "ParallelStateEntered":
            if entered["name"] == _RECOVER:  # what was not left until now is left for good
                _break_off(found, event["timestamp"])
            found.setdefault(entered["name"], Visit(entered["name"], event["timestamp"])).enter()
            if event["type"] == "FailStateEntered":  # which no event leaves
                found[entered["name"]].fail(event["timestamp"])
        elif exited and exited["name"] in found:
            found[exited["name"]].leave(event["timestamp"])
    if not runs and latest_first:
        _break_off(found, latest_first[0]["timestamp"])
    _mark_failing(found, History.of(latest_first))
    return list(found.values())


def _break_off(found: dict[str, Visit], time: datetime) -> None:
    for visit in found.values():
        visit.break_off(time)


def _mark_failing(found: dict[str, Visit], history: History) -> None:
    ends = (event.get("executionFailedEventDetails") or {} for event in history.events)
    caught = history.caught
    error = caught[0] if caught else next((end["error"] for end in ends if "error" in end), None)
    failing = history.failing_state(error) if error else None
    if failing in found:
        found[failing].fail(found[failing].left or found[failing].entered)
