"""The wire format of protocol buffers, as far as the records of SageMaker need it."""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5  # wire types
_FIXED_LENGTHS = {FIXED64: 8, FIXED32: 4}


@dataclass(frozen=True)
class Message:
    """The fields of a message in their order: number, wire type and content."""

    fields: tuple[tuple[int, int, builtins.bytes], ...]

    @classmethod
    def parse(cls, data: builtins.bytes) -> Message:
        """ValueError for bytes that are no message."""
        return cls(tuple(_fields(data)))

    def bytes(self, number: int) -> list[builtins.bytes]:
        """The values of a field of bytes, text or messages."""
        return [content for field, kind, content in self.fields if (field, kind) == (number, BYTES)]

    def varints(self, number: int) -> list[int]:
        """The values of a field of whole numbers, packed or not."""
        contents = b"".join(content for field, _, content in self.fields if field == number)
        return varints(contents)

    def numbers(self, number: int, kind: str) -> NDArray[Any]:
        """The values of a field of numbers of a numpy type, packed or not."""
        if kind == "int32":
            return np.array(self.varints(number), dtype=np.uint64).astype(np.int64)
        contents = b"".join(content for field, _, content in self.fields if field == number)
        if len(contents) % np.dtype(kind).itemsize:
            raise ValueError("a list of floating point numbers is cut off")
        return np.frombuffer(contents, dtype=kind)


def tagged(number: int, kind: int, content: bytes) -> bytes:
    """A field of a message; content of wire type BYTES gets its length put before it."""
    length = pack([len(content)]) if kind == BYTES else b""
    return pack([number << 3 | kind]) + length + content


def pack(numbers: Iterable[int]) -> bytes:
    """Whole numbers of 0 or more, one after the other, seven bits a byte."""
    packed = bytearray()
    for number in numbers:
        while number > 0x7F:
            packed.append(number & 0x7F | 0x80)
            number >>= 7
        packed.append(number)
    return bytes(packed)


def varints(data: bytes) -> list[int]:
    """The reverse of pack."""
    numbers, position = [], 0
    while position < len(data):
        number, position = _varint(data, position)
        numbers.append(number)
    return numbers


def _fields(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    position = 0
    while position < len(data):
        tag, start = _varint(data, position)
        number, kind = tag >> 3, tag & 7
        if kind == VARINT:
            _, end = _varint(data, start)
        elif kind == BYTES:
            length, start = _varint(data, start)
            end = start + length
        elif kind in _FIXED_LENGTHS:
            end = start + _FIXED_LENGTHS[kind]
        else:
            raise ValueError(f"a protocol buffer message has a field of unknown wire type {kind}")
        if end > len(data):
            raise ValueError("a protocol buffer message is cut off")
        yield number, kind, data[start:end]
        position = end


def _varint(data: bytes, position: int) -> tuple[int, int]:
    """A number and where the next field begins."""
    number = 0
    for index, byte in enumerate(data[position : position + 10]):
        number |= (byte & 0x7F) << 7 * index
        if byte < 0x80:
            return number, position + index + 1
    raise ValueError("a protocol buffer message is cut off in a number")
