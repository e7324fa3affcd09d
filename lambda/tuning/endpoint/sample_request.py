"""The first rows of a channel as a request to an endpoint."""

from __future__ import annotations

import re
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
    of recordio-protobuf, in which the labels stay: a model does not look at them.
    """

    rows: list[SampleRow]
    content_type: str
    accept: str
    records: bytes = b""

    @property
    def body(self) -> str | bytes:
        return self.records or "\n".join(row.features for row in self.rows)

    @property
    def shown(self) -> str:
        """The body for a person."""
        if self.records:
            return f"{len(self.rows)} records of {len(self.records)} bytes"
        return cut(str(self.body))


def sample_request(
    start: bytes, content_type: str, *, accept: str = "text/csv", weighted: bool = False
) -> SampleRequest | None:
    """The request with the first rows of a file that begins with `start`.

    None for a content type of which Retune makes no request, such as Parquet. `weighted` CSV has
    each row's weight in the second column. Raises MissingData when not one row is complete within
    `start`.
    """
    data_format = DataFormat.of(content_type)
    if data_format is DataFormat.RECORDIO:
        return _request_of_records(start, accept)
    if data_format not in (DataFormat.CSV, DataFormat.LIBSVM):
        return None
    lines = start.decode("utf-8", errors="replace").splitlines(keepends=True)
    if len(start) >= READ_BYTES:
        lines = lines[:-1]
    rows = [line.strip() for line in lines if line.strip()][:ROWS]
    if not rows:
        raise _no_row(content_type, "A row is a label and its features on one line.")
    if data_format is DataFormat.LIBSVM:
        found = [_libsvm_row(row) for row in rows]
    else:
        found = [_csv_row(row, weighted=weighted) for row in rows]
    return SampleRequest(found, str(data_format), accept)


def _request_of_records(start: bytes, accept: str) -> SampleRequest:
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
    return SampleRequest(rows, str(DataFormat.RECORDIO), accept, content)


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


def cut(text: str, length: int = 500) -> str:
    """A text for a person; of a long one the beginning."""
    return repr(text if len(text) <= length else text[:length] + "...")
