"""A test channel, and what transform jobs made of it, in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from tuning.data.s3_location import ChannelObject, S3Location
from tuning.variables.judged_rows import RowSketch
from tuning.variables.score import Score

WRITTEN = datetime(2026, 11, 24, 6, tzinfo=UTC)
SINCE = "2026-11-24T06:30:00.000Z"


@dataclass
class Store:
    """Objects by `s3://bucket/key`, read as tuning.aws.objects reads S3."""

    objects: dict[str, str] = field(default_factory=dict)
    written: datetime = WRITTEN
    later: dict[str, datetime] = field(default_factory=dict)  # objects that were written since

    def list_channel(self, location: S3Location) -> list[ChannelObject]:
        return [
            ChannelObject(
                uri.removeprefix(f"s3://{location.bucket}/"),
                len(text),
                "e1",
                self.later.get(uri, self.written),
            )
            for uri, text in sorted(self.objects.items())
            if uri.startswith(str(location))
        ]

    def read_lines(self, location: S3Location) -> Iterator[bytes]:
        yield from self.objects[str(location)].encode().splitlines()

    def open_object(self, location: S3Location) -> BytesIO:
        return BytesIO(self.objects[str(location)].encode("latin-1"))

    def version_of(self, location: S3Location) -> str | None:
        return "v1"


@dataclass
class LookCount:
    """Counts as tuning.aws.looks.Looks does for rows that are always the same."""

    taken: int = 0

    def take(self, rows: RowSketch, candidates: int) -> int:
        self.taken += candidates
        return self.taken


def scored_channel(
    labels: list[float], *, text: dict[str, str] | None = None, **predictions: list[Any]
) -> Store:
    """The rows in two objects, and each model's predictions of them under its name.

    `text` is what a transform job wrote for the first object, where it must be something else.
    """
    half = len(labels) // 2
    store = Store()
    for name, part in (("a.csv", slice(0, half)), ("more/b.csv", slice(half, None))):
        rows = labels[part]
        store.objects[f"s3://bucket/data/test/{name}"] = "".join(f"{row},0.5,3\n" for row in rows)
        for model, values in predictions.items():
            lines = "".join(f"{value}\n" for value in values[part])
            store.objects[f"s3://bucket/evaluation/{model}/{name}.out"] = lines
    for model, wrong in (text or {}).items():
        store.objects[f"s3://bucket/evaluation/{model}/a.csv.out"] = wrong
    return store


def scored(model: str) -> Score:
    """A model whose transform job has predicted the channel."""
    place = f"s3://bucket/evaluation/{model}/"
    return Score(model_name=model, transform_output=place, since=SINCE)
