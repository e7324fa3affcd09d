"""What each week of the year brings, and how its run should end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Event = Literal[
    "fresh", "train", "quiet", "again", "drift", "spoiled", "torn", "mended", "poor", "false"
]
DRIFT = 40.0  # degrees: a model of before loses a fifth of its AUC's distance from chance

# Outcomes that are right, whatever chance decides within them.
EXPECTED: dict[Event, tuple[str, ...]] = {
    "fresh": ("Deployed", "KeptChampion"),  # new rows of the law that the champion knows
    "train": ("Deployed", "KeptChampion"),  # new rows to learn from, judged on the same ones
    "quiet": ("Skipped",),  # nothing new has come
    "again": ("Skipped",),  # the same bytes have been uploaded once more
    "drift": ("Deployed",),  # customers have changed, and the champion is surely worse
    "spoiled": ("KeptChampion",),  # labels of train and validation are somebody else's
    "torn": ("DataMissing", "InputRefused"),  # a channel with a line that is no row
    "mended": ("Deployed", "KeptChampion"),  # the channel is whole again, with new rows
    "poor": ("OverBudget",),  # new rows, and a month whose budget is used up
    "false": ("Deployed", "KeptChampion"),  # RetuneWhen: Always, on unchanged data
}

# Thirteen weeks, four times a year. A quarter has two drifts, four weeks in which there is nothing
# to do, and each thing that goes wrong.
QUARTER: tuple[Event, ...] = (
    "fresh", "quiet", "train", "drift", "quiet", "again", "spoiled",
    "fresh", "torn", "mended", "poor", "drift", "quiet",
)  # fmt: skip


@dataclass(frozen=True)
class Week:
    """One week; `number` counts from 1, `degrees` is the law of its customers."""

    number: int
    event: Event
    degrees: float

    @property
    def expected(self) -> tuple[str, ...]:
        """The first run has no champion, so that its model serves."""
        return ("Deployed",) if self.number == 1 else EXPECTED[self.event]

    @property
    def brings_data(self) -> bool:
        return self.event not in ("quiet", "again", "false")


def year(weeks: int, *, unchanged: bool = False) -> Iterator[Week]:
    """So many weeks; `unchanged`: after the first, candidates on data that stay as they are."""
    degrees = 0.0
    for index in range(weeks):
        event: Event = QUARTER[index % len(QUARTER)]
        if unchanged:
            event = "fresh" if index == 0 else "false"
        if event == "drift":
            degrees += DRIFT
        yield Week(index + 1, event, degrees)
