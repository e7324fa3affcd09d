"""Turns UCI Bank Marketing into what SageMaker's XGBoost reads.

CSV without a header, numbers only, the label first; split into train (60 %), validation (20 %)
and test (20 %), each with the same share of buyers. `duration` is dropped: the length of a call
is known only when its outcome is.
"""

import csv
import gzip
import hashlib
import io
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SHA256 = "455eeb37c77daff603109318052ae5af575e111615c3b98b4a477ca9a9f1316d"
SEED = 20
SHARES = {"train": 0.6, "validation": 0.2, "test": 0.2}

Row = list[str]
Record = dict[str, str]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EDUCATION = ("unknown", "primary", "secondary", "tertiary")
NUMBERS = ("age", "balance", "day", "campaign", "pdays", "previous")
YES_OR_NO = ("default", "housing", "loan")
# Words without an order get a column of 0 and 1 each.
WORDS = {
    "job": (
        "admin.", "blue-collar", "entrepreneur", "housemaid", "management", "retired",
        "self-employed", "services", "student", "technician", "unemployed", "unknown",
    ),
    "marital": ("divorced", "married", "single"),
    "contact": ("cellular", "telephone", "unknown"),
    "poutcome": ("failure", "other", "success", "unknown"),
}  # fmt: skip


@dataclass(frozen=True)
class DataSet:
    """The prepared rows by channel, label first, and the names of their columns."""

    columns: list[str]
    channels: dict[str, list[Row]]


def prepare(source: Path) -> DataSet:
    """Reads the gzipped file of the wheel.

    Raises:
        ValueError: the file is not the one this code was written for.
    """
    content = source.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if digest != SHA256:
        raise ValueError(f"{source} has SHA-256 {digest}, not {SHA256}: it is another file.")
    records = list(csv.DictReader(io.StringIO(gzip.decompress(content).decode())))
    return DataSet(columns(), split([encode(record) for record in records]))


def columns() -> list[str]:
    """Names of the columns, as `encode` orders them."""
    words = [f"{name}={word}" for name, choices in WORDS.items() for word in choices]
    return ["bought", *NUMBERS, *YES_OR_NO, "education", "month", *words]


def encode(record: Record) -> Row:
    """One customer as numbers; a word that is not in the tables above is a ValueError."""
    yes = {"yes": "1", "no": "0"}
    row = [yes[record["y"]], *(record[name] for name in NUMBERS)]
    row += [yes[record[name]] for name in YES_OR_NO]
    row += [str(EDUCATION.index(record["education"])), str(MONTHS.index(record["month"]) + 1)]
    for name, choices in WORDS.items():
        place = choices.index(record[name])
        row += ["1" if index == place else "0" for index in range(len(choices))]
    return row


def split(rows: list[Row]) -> dict[str, list[Row]]:
    """Shuffles and divides buyers and others by the same shares; the same every time."""
    shuffle = random.Random(SEED).shuffle
    channels: dict[str, list[Row]] = {channel: [] for channel in SHARES}
    for label in ("0", "1"):
        group = [row for row in rows if row[0] == label]
        shuffle(group)
        start = 0
        for channel, share in SHARES.items():
            end = len(group) if channel == "test" else start + round(share * len(group))
            channels[channel] += group[start:end]
            start = end
    for channel_rows in channels.values():
        shuffle(channel_rows)
    return channels


def to_csv(rows: Iterable[Row]) -> str:
    return "".join(",".join(row) + "\n" for row in rows)


def some_customers(rows: list[Row], each: int = 5) -> list[Row]:
    """The first few who bought and the first few who did not, to look at one by one."""
    bought = [row for row in rows if row[0] == "1"]
    others = [row for row in rows if row[0] == "0"]
    return [row for pair in zip(bought[:each], others[:each], strict=True) for row in pair]
