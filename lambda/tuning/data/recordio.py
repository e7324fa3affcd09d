"""The records of application/x-recordio-protobuf, their labels and the number of features.

A file is a sequence of RecordIO records: a magic number, a length and that many bytes, padded to
four. Each record is one protocol buffer message (sagemaker_record_pb2), which has tensors of
features and of labels by name; a built-in algorithm's label is "values".
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import Protocol

from google.protobuf.message import DecodeError

from tuning.data import sagemaker_record_pb2 as messages

_MAGIC = 0xCED7230A
_LENGTH_BITS = 29  # of a record's length; the three bits above tell which part of a record it is
_WHOLE, _FIRST, _LAST = 0, 1, 3
_LABEL = "values"  # as the features are called, too
_TENSORS = ("float32_tensor", "float64_tensor", "int32_tensor")


class Readable(Protocol):
    """A file, or the body of an S3 object."""

    def read(self, amount: int) -> bytes: ...


@dataclass(frozen=True)
class Record:
    """One record: its label, and the bytes of the file that hold it, headers and padding too."""

    label: float
    content: bytes


def begins_a_record(start: bytes) -> bool:
    """Whether a file with this beginning is RecordIO."""
    return start.startswith(struct.pack("<I", _MAGIC))


def read_records(stream: Readable) -> Iterator[Record]:
    """Each record. Raises ValueError, in words, for what is no record with a label."""
    for number, (content, data) in enumerate(_records(stream), start=1):
        try:
            message = messages.Record.FromString(data)
        except DecodeError as fault:
            raise ValueError(
                f"record {number} is no protocol buffer message, or is cut off"
            ) from fault
        yield Record(_label(message, number), content)


def count_features(stream: Readable) -> int | None:
    """How many features a record has, by the first one; None when it does not tell."""
    try:
        _, data = next(_records(stream))
        value = messages.Record.FromString(data).features.get(_LABEL)
    except (DecodeError, StopIteration, ValueError):
        return None
    kind = value.WhichOneof("value") if value else None
    if kind not in _TENSORS:
        return None
    tensor = getattr(value, kind)
    if tensor.keys:  # a sparse one, which has its width in its shape
        return prod(tensor.shape) if tensor.shape else None
    return len(tensor.values)


def _records(stream: Readable) -> Iterator[tuple[bytes, bytes]]:
    """Bytes of the file and message of each record, which may be cut into parts.

    A message that holds the magic number is cut there.
    """
    parts: list[bytes] = []
    content = b""
    while header := stream.read(8):
        if len(header) < 8 or struct.unpack("<I", header[:4])[0] != _MAGIC:
            raise ValueError("it is no RecordIO: a record does not begin with the magic number")
        (word,) = struct.unpack("<I", header[4:])
        part, length = word >> _LENGTH_BITS, word & ((1 << _LENGTH_BITS) - 1)
        data = stream.read(length + -length % 4)
        if len(data) < length:
            raise ValueError("the last record is cut off")
        if part in (_WHOLE, _FIRST):
            parts, content = [], b""
        parts.append(data[:length])
        content += header + data
        if part in (_WHOLE, _LAST):
            yield content, struct.pack("<I", _MAGIC).join(parts)


def _label(message: messages.Record, number: int) -> float:
    value = message.label.get(_LABEL)
    kind = value.WhichOneof("value") if value else None
    numbers = getattr(value, kind).values if kind in _TENSORS else ()
    if not numbers:
        raise ValueError(f'record {number} has no label named "{_LABEL}"')
    return float(numbers[0])
