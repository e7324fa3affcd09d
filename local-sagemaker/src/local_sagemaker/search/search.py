"""The search of one tuning job: suggests hyperparameters and learns their objective values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Suggestion:
    """The tuned hyperparameters of one training job, known to observe() by its number."""

    number: int
    hyperparameters: dict[str, str]


@dataclass(frozen=True)
class Observation:
    """A training job of a parent tuning job: all its hyperparameters and its objective value."""

    hyperparameters: Mapping[str, str]
    value: float


class Search(Protocol):
    """A strategy at work on one tuning job. For one thread at a time."""

    def suggest(self) -> Suggestion | None:
        """Hyperparameters not suggested before; None when there are no others left."""

    def observe(self, number: int, value: float | None) -> None:
        """Learn a suggestion's objective value; None when its training job gave none.

        None counts against its hyperparameters. See forget() for a job that they did not fail.
        """

    def forget(self, number: int) -> None:
        """Learn nothing from a suggestion: its training job ended from outside, without a value."""
