"""Records of SageMaker's built-in algorithms: application/x-recordio-protobuf.

A file is a sequence of RecordIO records: a magic number, a length and the bytes, padded to four.
Each record is one protocol buffer message (sagemaker_record.proto): tensors of features by name and
tensors of labels by name.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from google.protobuf.message import DecodeError
from numpy.typing import ArrayLike, NDArray

from local_sagemaker.containers import sagemaker_record_pb2 as messages
from local_sagemaker.containers.rows import Rows

CONTENT_TYPE = "application/x-recordio-protobuf"
VALUES = "values"  # the name under which records keep their features and their label

LARGEST_KEY = 2**32 - 2  # XGBoost counts columns in 32 bits

_MAGIC = struct.pack("<I", 0xCED7230A)
_LENGTH_BITS = 29  # of a record's length; the three bits above tell which part of a record it is
_WHOLE, _FIRST, _MIDDLE, _LAST = range(4)
# How a tensor's values are kept, by its name in the message.
_TYPES = {"float32_tensor": "<f4", "float64_tensor": "<f8", "int32_tensor": "<i4"}


@dataclass(frozen=True)
class Tensor:
    """Numbers; `keys` are their positions when only some are given, out of `size` if known."""

    values: NDArray[Any]
    keys: NDArray[np.int64] | None = None
    size: int | None = None

    @property
    def width(self) -> int:
        """How many numbers the tensor stands for, as far as it tells."""
        if self.keys is None:
            return len(self.values)
        return self.size or int(self.keys.max(initial=-1)) + 1

    def dense(self, width: int) -> NDArray[np.float64]:
        """`width` numbers; those that are not given are 0. ValueError when there are more."""
        row = np.zeros(width)
        if self.keys is None:
            row[:] = self.values
        elif len(self.keys) and (self.keys.min() < 0 or self.keys.max() >= width):
            raise ValueError(f"a record has feature {self.keys.max()}, others have {width}")
        else:
            row[self.keys] = self.values
        return row


@dataclass(frozen=True)
class Record:
    """Tensors by name. Training data has features "values" and label "values"."""

    features: Mapping[str, Tensor] = field(default_factory=dict)
    label: Mapping[str, Tensor] = field(default_factory=dict)


def read_records(content: bytes) -> list[Record]:
    """The records of a file; ValueError, saying where, for anything else."""
    return [_record(data) for data in _split(content)]


def read_rows(content: bytes, width: int | None = None) -> Rows:
    """The features and labels of a file; sparse rows are filled with zeros up to `width`.

    Without a width it is that of the widest record. Raises ValueError for bytes that are not
    records, records without features, and rows that differ in width.
    """
    records = read_records(content)
    tensors = [_tensor_of(record.features, number) for number, record in enumerate(records)]
    columns = width or max((tensor.width for tensor in tensors), default=0)
    for number, tensor in enumerate(tensors):
        if tensor.keys is None and tensor.width != columns:
            raise ValueError(f"record {number} has {tensor.width} features, not {columns}")
    labels = [_first(record.label) for record in records]
    features = [tensor.dense(columns) for tensor in tensors]
    return Rows(np.array(features).reshape(len(records), columns), np.array(labels, dtype=float))


def write_records(records: Iterable[Record]) -> bytes:
    """Records as the bytes of a file; values are written as 32-bit floats, as SageMaker's are."""
    return b"".join(_framed(_encoded(record)) for record in records)


def write_rows(features: ArrayLike, labels: ArrayLike | None = None) -> bytes:
    """Dense rows, with a label each if labels are given, as the bytes of a file."""
    rows = np.atleast_2d(np.asarray(features))
    label_of = [None] * len(rows) if labels is None else np.asarray(labels)
    return write_records(
        Record({VALUES: Tensor(row)}, {} if label is None else {VALUES: Tensor(np.array([label]))})
        for row, label in zip(rows, label_of, strict=True)
    )


def _split(content: bytes) -> Iterator[bytes]:
    """The bytes of each record. A record that holds the magic number is cut there into parts."""
    parts: list[bytes] = []
    position = 0
    while position < len(content):
        header = content[position : position + 8]
        if len(header) < 8 or header[:4] != _MAGIC:
            raise ValueError(f"no RecordIO record begins at byte {position}")
        (word,) = struct.unpack("<I", header[4:])
        part, length = word >> _LENGTH_BITS, word & ((1 << _LENGTH_BITS) - 1)
        data = content[position + 8 : position + 8 + length]
        if len(data) < length:
            raise ValueError(f"the RecordIO record at byte {position} is cut off")
        parts = [data] if part in (_WHOLE, _FIRST) else [*parts, data]
        if part in (_WHOLE, _LAST):
            yield _MAGIC.join(parts)
        position += 8 + length + -length % 4


def _framed(data: bytes) -> bytes:
    """One whole record. SageMaker's own writers do not cut at the magic number either."""
    return _MAGIC + struct.pack("<I", len(data)) + data + b"\0" * (-len(data) % 4)


def _record(data: bytes) -> Record:
    try:
        message = messages.Record.FromString(data)
    except DecodeError as fault:
        raise ValueError("a record is no protocol buffer message, or is cut off") from fault
    return Record(
        {name: _tensor(value) for name, value in message.features.items()},
        {name: _tensor(value) for name, value in message.label.items()},
    )


def _tensor(value: messages.Value) -> Tensor:
    kind = value.WhichOneof("value")
    if kind not in _TYPES:
        raise ValueError("a record holds values that are not float32, float64 or int32 tensors")
    tensor = getattr(value, kind)
    values = np.array(tensor.values, dtype=_TYPES[kind])
    size = math.prod(tensor.shape) if tensor.shape else None
    if len(values) and not tensor.keys:
        if size not in (None, len(values)):
            raise ValueError(f"a record has {len(values)} values and a shape of {size}")
        return Tensor(values)
    _check_keys(tensor.keys, len(values), size)
    return Tensor(values, np.array(tensor.keys, dtype=np.int64), size)


def _check_keys(keys: Sequence[int], values: int, size: int | None) -> None:
    """Raises ValueError for positions outside of a record, which a library would write to."""
    if len(keys) != values:
        raise ValueError(f"a record has {values} values and {len(keys)} keys")
    last = LARGEST_KEY if size is None else min(size - 1, LARGEST_KEY)
    if max(keys, default=0) > max(last, 0):
        raise ValueError(f"a record has feature {max(keys)}, the last one can be {last}")
    if size is not None and size - 1 > LARGEST_KEY:
        raise ValueError(f"a record has a shape of {size}, it can have {LARGEST_KEY + 1}")


def _tensor_of(features: Mapping[str, Tensor], number: int) -> Tensor:
    if VALUES not in features:
        raise ValueError(f'record {number} has no features named "{VALUES}"')
    return features[VALUES]


def _first(label: Mapping[str, Tensor]) -> float:
    tensor = label.get(VALUES)
    return float(tensor.values[0]) if tensor is not None and len(tensor.values) else float("nan")


def _encoded(record: Record) -> bytes:
    message = messages.Record()
    for tensors, field_of in ((record.features, message.features), (record.label, message.label)):
        for name, tensor in tensors.items():
            written = field_of[name].float32_tensor
            written.values.extend(np.asarray(tensor.values, dtype=np.float32).tolist())
            if tensor.keys is not None:
                written.keys.extend(tensor.keys.tolist())
            if tensor.size is not None:
                written.shape.append(tensor.size)
    return message.SerializeToString(deterministic=True)
