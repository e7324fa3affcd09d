"""A figure that was measured, what it is compared with, and the goal that it is held to."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Goal:
    """What the median has to keep: `factor` times that of the other side, plus `plus` units."""

    kind: Literal["at most", "at least"]
    factor: float = 0
    plus: float = 0

    def limit(self, other: float | None) -> float:
        """In the figure's unit. A goal with a factor needs the other side's median."""
        if self.factor and other is None:
            raise ValueError(f"a goal of {self.factor:g}x needs something that it is compared with")
        return self.factor * (other or 0) + self.plus

    def is_met(self, ours: float, other: float | None) -> bool:
        limit = self.limit(other)
        return ours <= limit if self.kind == "at most" else ours >= limit

    def text(self, unit: str) -> str:
        parts = [f"{self.factor:g}x"] if self.factor else []
        parts += [f"{self.plus:g} {unit}".strip()] if self.plus or not parts else []
        return f"{self.kind} {' + '.join(parts)}"


def at_most(factor: float = 0, plus: float = 0) -> Goal:
    return Goal("at most", factor, plus)


def at_least(factor: float = 0, plus: float = 0) -> Goal:
    return Goal("at least", factor, plus)


@dataclass(frozen=True)
class Figure:
    """One thing that was measured: a number a repetition, and as many of the other side.

    Both sides take turns within a run, so that what else the machine does strikes both alike.
    """

    what: str
    unit: str
    ours: tuple[float, ...]
    other: tuple[float, ...] = ()
    goal: Goal | None = None

    @property
    def median(self) -> float:
        return statistics.median(self.ours)

    @property
    def other_median(self) -> float | None:
        return statistics.median(self.other) if self.other else None

    @property
    def ratio(self) -> float | None:
        """Of the medians; None without another side, or where that took nothing."""
        other = self.other_median
        return self.median / other if other else None

    @property
    def is_met(self) -> bool | None:
        """None for a figure without a goal."""
        return None if self.goal is None else self.goal.is_met(self.median, self.other_median)
