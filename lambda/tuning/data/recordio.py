"""The records of application/x-recordio-protobuf and their labels; features are not read.

A file is a sequence of RecordIO records: a magic number, a length and that many bytes, padded to
four. Each record is one protocol buffer message, `aialgs.data.Record`, which has tensors of
features (field 1) and of labels (field 2) by name; a built-in algorithm's label is "values".
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

_MAGIC = 0xCED7230A
_LENGTH_BITS = 29  # of a record's length; the three bits above tell which part of a record it is
_WHOLE, _FIRST, _LAST = 0, 1, 3
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5  # wire types
# Numbers of the fields of Record, of an entry of its map, and of a tensor.
_LABEL, _KEY, _VALUE, _TENSOR_VALUES = 2, 1, 2, 1
_TENSOR_FORMATS = {2: "<f", 3: "<d"}  # by the field of Value; 7 is a tensor of int32
_INT32 = 7


class Readable(Protocol):
    """A file, or the body of an S3 object."""

    def read(self, amount: int) -> bytes: ...


@dataclass(frozen=True)
class Record:
    """One record: its label, and the bytes of the file that hold it, headers and padding too."""

    label: float
    content: bytes


def read_records(stream: Readable) -> Iterator[Record]:
    """Each record. Raises ValueError, in words, for what is no record with a label."""
    for number, (content, message) in enumerate(_records(stream), start=1):
        try:
            label = _label(message)
        except (IndexError, struct.error) as fault:
            raise ValueError(f"record {number} is cut off") from fault
        if label is None:
            raise ValueError(f'record {number} has no label named "values"')
        yield Record(label, content)


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


def _label(record: bytes) -> float | None:
    for entry in _contents(record, _LABEL):
        if _contents(entry, _KEY) == [b"values"]:
            for value in _contents(entry, _VALUE):
                return _first_number(value)
    return None


def _first_number(value: bytes) -> float | None:
    for field, number_format in _TENSOR_FORMATS.items():
        for tensor in _contents(value, field):
            for numbers in _contents(tensor, _TENSOR_VALUES):
                return float(struct.unpack_from(number_format, numbers)[0])
    for tensor in _contents(value, _INT32):
        for numbers in _contents(tensor, _TENSOR_VALUES):
            return float(_varint(numbers, 0)[0])
    return None


def _contents(message: bytes, wanted: int) -> list[bytes]:
    """The contents of every field of that number, without its length where it has one."""
    found, position = [], 0
    while position < len(message):
        tag, start = _varint(message, position)
        kind = tag & 7
        if kind == _BYTES:
            length, start = _varint(message, start)
            position = start + length
        elif kind == _VARINT:
            _, position = _varint(message, start)
        elif kind in (_FIXED64, _FIXED32):
            position = start + (8 if kind == _FIXED64 else 4)
        else:
            raise ValueError(f"a record has a field of the unknown wire type {kind}")
        if tag >> 3 == wanted:
            found.append(message[start:position])
    return found


def _varint(data: bytes, position: int) -> tuple[int, int]:
    """A whole number, seven bits a byte, and where the next field begins."""
    number = shift = 0
    while True:
        byte = data[position]
        position += 1
        number |= (byte & 0x7F) << shift
        if byte < 0x80:
            return number, position
        shift += 7
