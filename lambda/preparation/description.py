"""What was made of a table's columns: the document that travels with the data and the model.

It is `retune.preparation.json`, beside the channels. Of the table's cells it holds only what the
encoding needs: the values of categories and the classes of the label.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, Union

from preparation.encoder import VERSION

FILE_NAME = "retune.preparation.json"
BINARY, MULTICLASS, REGRESSION = "binary", "multiclass", "regression"  # tasks


@dataclass(frozen=True)
class Number:
    """A number as it is. `decimal` is the sign before its fraction, `.` or `,`."""

    name: str
    decimal: str = "."
    kind: ClassVar[str] = "number"
    encoding: ClassVar[str] = "number"

    @property
    def features(self) -> list[str]:
        return [self.name]


@dataclass(frozen=True)
class Boolean:
    """1 or 0. `true` and `false` are the words for them, in lower case."""

    name: str
    true: str
    false: str
    kind: ClassVar[str] = "boolean"
    encoding: ClassVar[str] = "boolean"

    @property
    def features(self) -> list[str]:
        return [self.name]


@dataclass(frozen=True)
class OneHot:
    """Text with few values, a feature each: 1 where it stands, else 0."""

    name: str
    values: tuple[str, ...]
    kind: ClassVar[str] = "text"
    encoding: ClassVar[str] = "one-hot"

    @property
    def features(self) -> list[str]:
        return [f"{self.name}={value}" for value in self.values]


@dataclass(frozen=True)
class Ranked:
    """Text with many values, the most frequent of train first: 1, 2 and so on.

    All others have the rank behind the last.
    """

    name: str
    values: tuple[str, ...]
    kind: ClassVar[str] = "text"
    encoding: ClassVar[str] = "ranked"

    @property
    def features(self) -> list[str]:
        return [self.name]


@dataclass(frozen=True)
class Date:
    """A date in `parts` (preparation.encoder.PARTS); `order` is YMD, DMY or MDY."""

    name: str
    order: str
    parts: tuple[str, ...]
    kind: ClassVar[str] = "date"
    encoding: ClassVar[str] = "date"

    @property
    def features(self) -> list[str]:
        return [f"{self.name}.{part}" for part in self.parts]


Column = Union[Number, Boolean, OneHot, Ranked, Date]


@dataclass(frozen=True)
class Label:
    """What is predicted. `classes` are its texts by their number, None of a regression.

    Of two classes, 1 is the one whose probability the model tells.
    """

    name: str
    task: str
    classes: tuple[str, ...] | None = None
    decimal: str = "."


@dataclass(frozen=True)
class Dropped:
    """A column that no feature was made of; `reason` is half a sentence: it is constant."""

    name: str
    reason: str


@dataclass(frozen=True)
class Split:
    """How rows came to channels. `by` is row, group or time; `column` that of group or time.

    `test` and `validation` are shares of the rows, from 0 to 1.
    """

    by: str
    test: float
    validation: float
    salt: str = ""
    column: str | None = None


@dataclass(frozen=True)
class Description:
    """How a table was encoded, split and counted.

    `columns` are in the order of the table and without those that were dropped; `missing` are the
    texts, in lower case, that stand for no value; `rows` counts those of each channel, and
    `missing_cells` those of each column, in all channels.
    """

    label: Label
    columns: tuple[Column, ...]
    missing: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    split: Split
    rows: Mapping[str, int]
    rows_without_label: int
    missing_cells: Mapping[str, int]
    sources: tuple[str, ...]

    @property
    def features(self) -> list[str]:
        """Their names, in the order of the channels' columns behind the label; each is unique."""
        return [*_unique(name for column in self.columns for name in column.features)]

    def to_json(self) -> str:
        return json.dumps(self.to_document(), indent=2, ensure_ascii=False) + "\n"

    def to_document(self) -> dict[str, Any]:
        """What preparation.encoder.Encoder takes."""
        columns = [{**asdict(column), "encoding": column.encoding} for column in self.columns]
        document = {"version": VERSION, **asdict(self), "features": self.features}
        return {**document, "columns": columns}

    @classmethod
    def from_json(cls, text: str) -> Description:
        """Raises ValueError, in one sentence, for another version and what is no description."""
        try:
            document = json.loads(text)
        except ValueError as error:
            raise ValueError(f"{FILE_NAME} is no JSON: {error}.") from None
        version = document.get("version") if isinstance(document, dict) else None
        if version != VERSION:
            raise ValueError(
                f"{FILE_NAME} has version {version!r}, and version {VERSION} is read here. Prepare "
                "the table again, or use the version of Retune that has written it."
            )
        try:
            return _of_document(document)
        except (KeyError, TypeError, AttributeError):
            raise ValueError(
                f"{FILE_NAME} is no description as `retune prepare` writes it. Prepare the table "
                "again, or restore the file."
            ) from None


_ENCODINGS: Mapping[str, type[Column]] = {
    kind.encoding: kind for kind in (Number, Boolean, OneHot, Ranked, Date)
}


def _of_document(document: Mapping[str, Any]) -> Description:
    parts: dict[str, Any] = {field.name: document[field.name] for field in fields(Description)}
    return Description(
        **{
            **parts,
            "label": Label(**_with_tuples(parts["label"])),
            "columns": tuple(map(_column, parts["columns"])),
            "missing": tuple(parts["missing"]),
            "dropped": tuple(Dropped(**dropped) for dropped in parts["dropped"]),
            "split": Split(**parts["split"]),
            "rows": dict(parts["rows"]),
            "missing_cells": dict(parts["missing_cells"]),
            "sources": tuple(parts["sources"]),
        }
    )


def _column(document: Mapping[str, Any]) -> Column:
    given = _with_tuples(document)
    return _ENCODINGS[given.pop("encoding")](**given)


def _with_tuples(document: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in document.items()
    }


def _unique(names: Iterable[str]) -> Iterator[str]:
    """A name that is taken gets a number: of columns `a=b`, and `a` with the value b."""
    taken: set[str] = set()
    for name in names:
        free, number = name, 2
        while free in taken:
            free, number = f"{name} ({number})", number + 1
        taken.add(free)
        yield free
