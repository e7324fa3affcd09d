"""What a person wants of a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from preparation.description import Split

# What programs write for a missing value, in lower case.
MISSING = (
    "", "nan", "na", "n/a", "#n/a", "<na>", "nat", "null", "none", "nil", "?", "-", ".", "missing",
)  # fmt: skip


@dataclass(frozen=True)
class Request:
    """Columns by their names. What is None or empty is found out.

    `positive` is the class whose probability a model of two classes tells; `text` are columns whose
    numbers are names; `dates` gives columns an order, YMD, DMY or MDY; `missing` are more texts
    that stand for no value.
    """

    label: str
    split: Split
    task: str | None = None
    positive: str | None = None
    drop: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    dates: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    @property
    def all_missing(self) -> tuple[str, ...]:
        return (*MISSING, *(text.strip().lower() for text in self.missing))

    @property
    def columns(self) -> dict[str, str]:
        """Each column that is named, with the option that names it."""
        asked = {self.label: "--label"}
        if self.split.column is not None:
            asked[self.split.column] = f"--{self.split.by}"
        for option, names in (("--drop", self.drop), ("--text", self.text), ("--date", self.dates)):
            asked.update(dict.fromkeys(names, option))
        return asked
