"""What came of the input's WarmStartConfig: a part of the plan and of the summary."""

from __future__ import annotations

from typing import Literal

from tuning.variables.variable import Variable


class AdaptedRange(Variable):
    """A range that AdaptRanges has moved; bounds are SageMaker's texts."""

    name: str
    given_min_value: str
    given_max_value: str
    min_value: str
    max_value: str
    reason: str  # a sentence

    def __str__(self) -> str:
        return (
            f"{self.name}: {self.given_min_value} to {self.given_max_value} became "
            f"{self.min_value} to {self.max_value}. {self.reason}"
        )


class WarmStartOutcome(Variable):
    """A tuning job that asked for parents starts warm from them, or cold for a reason."""

    started: Literal["Warm", "Cold"]
    parents: tuple[str, ...] = ()  # names of tuning jobs, of a warm start
    warm_start_type: str | None = None  # of a warm start
    reason: str | None = None  # of a cold start
    left_out: tuple[str, ...] = ()  # why earlier tuning jobs of the endpoint do not fit, of Auto
    adapted_ranges: tuple[AdaptedRange, ...] = ()
    ranges_kept: str | None = None  # why AdaptRanges moved none

    @property
    def sentences(self) -> list[str]:
        """For people: where the search started, what was left out, what moved and why."""
        kind = f" ({self.warm_start_type})" if self.warm_start_type else ""  # none in old plans
        origin = f"From {', '.join(self.parents)}{kind}."
        return [
            origin if self.started == "Warm" else f"From nothing. {self.reason}",
            *(f"Left out: {reason}" for reason in self.left_out),
            *map(str, self.adapted_ranges),
            *([self.ranges_kept] if self.ranges_kept else []),
        ]
