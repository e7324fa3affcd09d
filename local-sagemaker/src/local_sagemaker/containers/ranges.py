"""What a hyperparameter may be: how its text is read, and which values are allowed.

The messages begin as those of the container's own code.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from typing import Any

from local_sagemaker.containers.errors import UserError


@dataclass(frozen=True)
class Interval:
    """Numbers from low to high; an open end does not belong to it."""

    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False

    def __contains__(self, value: object) -> bool:
        if not isinstance(value, int | float):
            return False
        above = self.low is None or value > self.low or (value == self.low and not self.low_open)
        below = (
            self.high is None or value < self.high or (value == self.high and not self.high_open)
        )
        return above and below

    def __str__(self) -> str:
        low = "(-inf" if self.low is None else f"{'(' if self.low_open else '['}{self.low}"
        high = "+inf)" if self.high is None else f"{self.high}{')' if self.high_open else ']'}"
        return f"{low}, {high}"


@dataclass(frozen=True)
class Hyperparameter:
    """A row of the table of hyperparameters."""

    name: str
    form: str
    parse: Callable[[str], Any]
    allowed: Container[Any]
    members: Callable[[Any], Iterable[Any]] | None = None

    def read(self, text: str) -> Any:
        """The value of a text; raises UserError when it has another form."""
        try:
            return self.parse(text)
        except (ValueError, SyntaxError, TypeError) as error:
            raise UserError(
                f"Hyperparameter {self.name}: could not parse value {text!r}: "
                f"it must be {self.form}"
            ) from error

    def check(self, value: Any) -> None:
        """Raise UserError for a value that is out of range."""
        if self.members is None:
            if value not in self.allowed:
                raise UserError(f"Hyperparameter {self.name}: {value} is not in {self.allowed}")
        elif any(member not in self.allowed for member in self.members(value)):
            raise UserError(
                f"Hyperparameter {self.name}: value {value} not in range {self.allowed}"
            )


def integer(name: str, low: int | None = None, high: int | None = None) -> Hyperparameter:
    return integer_within(name, Interval(low, high))


def integer_within(name: str, allowed: Interval) -> Hyperparameter:
    """An integer whose range the container writes with open ends."""
    return Hyperparameter(name, "an integer", int, allowed)


def continuous(name: str, allowed: Interval) -> Hyperparameter:
    return Hyperparameter(name, "a number", float, allowed)


def categorical(name: str, values: list[str]) -> Hyperparameter:
    return Hyperparameter(name, "text", str, values)


def comma_list(name: str, allowed: Container[str]) -> Hyperparameter:
    return Hyperparameter(name, "a comma-separated list", _split, allowed, iter)


def tuple_of(name: str, values: list[int]) -> Hyperparameter:
    return Hyperparameter(name, "a tuple such as (1,0,-1)", _literal(tuple), values, iter)


def nested_list(name: str, allowed: Interval) -> Hyperparameter:
    form = "a list of lists such as [[1,2],[3,4]]"
    return Hyperparameter(name, form, _literal(list), allowed, _flat)


def _split(text: str) -> list[str]:
    return text.split(",")


def _literal(kind: type) -> Callable[[str], Any]:
    def parse(text: str) -> Any:
        value = ast.literal_eval(text)
        if not isinstance(value, kind):
            raise TypeError(f"{text!r} is no {kind.__name__}")
        return value

    return parse


def _flat(groups: Iterable[Iterable[Any]]) -> Iterable[Any]:
    return (member for group in groups for member in group)
