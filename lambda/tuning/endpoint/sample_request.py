"""The first rows of a channel as a request to an endpoint."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice

from tuning.data.data_format import DataFormat
from tuning.data.recordio import Record, read_records
from tuning.errors import MissingData

ROWS = 5
READ_BYTES = 1024 * 1024  # wide rows fit, and a request takes 6 MiB at most

# What separates the columns of a CSV file; XGBoost's container finds it out from the first line.
_SEPARATOR = re.compile(r"[,;|\t]")


@dataclass(frozen=True)
class SampleRow:
    """A row of a channel: its label, and its features as an endpoint takes them.

    A row of recordio-protobuf has no features here: they are bytes, in the request's `records`.
    """

    actual: str
    features: str = ""


@dataclass(frozen=True)
class SampleRequest:
    """Some rows without their labels, in a content type that the endpoint takes.

    `accept` is the content type of the answer, text/csv or application/json. `records` is the body
    of recordio-protobuf, in which the labels stay: a model does not look at them. `source` is the
    object that the rows are of, and `lines` where they stand in it.
    """

    rows: list[SampleRow]
    content_type: str
    accept: str
    records: bytes = b""
    source: str = ""
    lines: Sequence[int] = ()

    @property
    def body(self) -> str | bytes:
        return self.records or "\n".join(row.features for row in self.rows)

    def name_of(self, row: int) -> str:
        """Tells a person which row it is, counted from 0, without what it holds."""
        line = f", line {self.lines[row]}" if self.lines else ""
        return f"row {row + 1} ({self.source}{line})"


def sample_request(
    start: bytes,
    content_type: str,
    *,
    accept: str = "text/csv",
    weighted: bool = False,
    source: str = "the object",
) -> SampleRequest | None:
    """The request with the first rows of `source`, which begins with `start`.

    None for a content type of which Retune makes no request, such as Parquet. `weighted` CSV has
    each row's weight in the second column. Raises MissingData when not one row is complete within
    `start`.
    """
    data_format = DataFormat.of(content_type)
    if data_format is DataFormat.RECORDIO:
        return _request_of_records(start, accept, source)
    if data_format not in (DataFormat.CSV, DataFormat.LIBSVM):
        return None
    lines = start.decode("utf-8-sig", errors="replace").splitlines(keepends=True)
    if len(start) >= READ_BYTES:
        lines = lines[:-1]
    numbered = ((number, line.strip()) for number, line in enumerate(lines, start=1))
    rows = dict(islice(((number, row) for number, row in numbered if row), ROWS))
    if not rows:
        raise _no_row(content_type, "A row is a label and its features on one line.")
    if data_format is DataFormat.LIBSVM:
        found = [_libsvm_row(row) for row in rows.values()]
    else:
        found = [_csv_row(row, weighted=weighted) for row in rows.values()]
    return SampleRequest(found, str(data_format), accept, source=source, lines=tuple(rows))


def _request_of_records(start: bytes, accept: str, source: str) -> SampleRequest:
    found: list[Record] = []
    try:
        found.extend(islice(read_records(BytesIO(start)), ROWS))
    except ValueError as fault:
        # What follows the last whole record may have been cut off by this reading of it.
        if len(start) < READ_BYTES:
            raise MissingData(f"The first object cannot be read: {fault}.") from fault
    if not found:
        raise _no_row(DataFormat.RECORDIO, 'A record has features and a label, each "values".')
    rows = [SampleRow(str(record.label)) for record in found]
    content = b"".join(record.content for record in found)
    return SampleRequest(rows, str(DataFormat.RECORDIO), accept, content, source)


def _no_row(content_type: str, hint: str) -> MissingData:
    return MissingData(
        f"The first {READ_BYTES} bytes hold no complete row of {content_type}. {hint}"
    )


def _csv_row(row: str, *, weighted: bool) -> SampleRow:
    label, *rest = _SEPARATOR.split(row, maxsplit=2 if weighted else 1)
    return SampleRow(label, rest[-1] if rest else "")


def _libsvm_row(row: str) -> SampleRow:
    """`label[:weight] [qid:id] index:value ...`"""
    label, *features = row.split()
    return SampleRow(
        label.split(":")[0],
        " ".join(feature for feature in features if not feature.startswith("qid:")),
    )
