"""How far a page has read a log, so that it is told each line once."""

from __future__ import annotations

from dataclasses import dataclass

from retune.logs.events import Log, LogEvent


@dataclass(frozen=True)
class Place:
    """The time of the last line that was read, and how many lines of this very time there were."""

    milliseconds: int = 0
    lines: int = 0

    def __str__(self) -> str:
        return f"{self.milliseconds}-{self.lines}"

    @classmethod
    def parse(cls, text: str) -> Place:
        """Raises ValueError for another text."""
        milliseconds, _, lines = text.partition("-")
        return cls(int(milliseconds), int(lines))


def read_on(log: Log, after: Place) -> tuple[list[LogEvent], Place]:
    """The lines since that place, and the place behind them."""
    events = sorted(log.events(after.milliseconds), key=lambda event: event.milliseconds)
    if not events:
        return [], after
    last = events[-1].milliseconds
    known = sum(event.milliseconds == after.milliseconds for event in events)
    behind = Place(last, sum(event.milliseconds == last for event in events))
    return events[min(after.lines, known) :], behind
