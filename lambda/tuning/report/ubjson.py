"""Universal Binary JSON (Draft 12), as XGBoost writes its models: https://ubjson.org.

Nothing in it is ever executed, and no length that it claims is believed beyond what is there.
"""

from __future__ import annotations

import struct
from typing import Any

import numpy as np

MAX_DEPTH = 64  # of arrays and objects within each other; a model has a dozen
# Numbers by their marker: big-endian, as numpy calls them.
_NUMBERS = {
    b"i": ">i1", b"U": ">u1", b"I": ">i2", b"l": ">i4", b"L": ">i8", b"d": ">f4", b"D": ">f8",
}  # fmt: skip
_INTEGERS = (b"i", b"U", b"I", b"l", b"L")
_CONSTANTS = {b"Z": None, b"T": True, b"F": False}


def read_ubjson(content: bytes) -> Any:
    """The value; an array of numbers of one type is a numpy array.

    Raises:
        ValueError: the content is none, or is cut off.
    """
    try:
        return _Reader(content).value(MAX_DEPTH)
    except (struct.error, UnicodeDecodeError) as error:
        raise ValueError(f"It is no UBJSON: {error}.") from error


class _Reader:
    def __init__(self, content: bytes) -> None:
        self._content, self._place = memoryview(content), 0

    def value(self, depth: int, marker: bytes | None = None) -> Any:
        marker = marker or self._take(1)
        if marker in _CONSTANTS:
            return _CONSTANTS[marker]
        if marker in _NUMBERS:
            return self._numbers(marker, 1)[0].item()
        if marker == b"S":
            return self._text()
        if marker == b"C":
            return self._take(1).decode()
        if marker in (b"[", b"{") and depth:
            return self._array(depth - 1) if marker == b"[" else self._object(depth - 1)
        raise ValueError(f"It is no UBJSON that a model has: {marker!r} at {self._place}.")

    def _array(self, depth: int) -> Any:
        if self._follows(b"$"):
            kind = self._take(1)
            if kind not in _NUMBERS or not self._follows(b"#"):
                raise ValueError(f"It has an array of {kind!r}, which no model has.")
            return self._numbers(kind, self._length())
        if self._follows(b"#"):
            return [self.value(depth) for _ in range(self._length())]
        values = []
        while not self._follows(b"]"):
            values.append(self.value(depth))
        return values

    def _object(self, depth: int) -> dict[str, Any]:
        if self._follows(b"#"):
            return {self._text(): self.value(depth) for _ in range(self._length())}
        members = {}
        while not self._follows(b"}"):
            name = self._text()
            members[name] = self.value(depth)
        return members

    def _text(self) -> str:
        return self._take(self._length()).decode()

    def _length(self) -> int:
        marker = self._take(1)
        if marker not in _INTEGERS:
            raise ValueError(f"It has a length of the type {marker!r}.")
        return int(self._numbers(marker, 1)[0])

    def _numbers(self, marker: bytes, count: int) -> Any:
        kind = np.dtype(_NUMBERS[marker])
        return np.frombuffer(self._take(count * kind.itemsize), kind)

    def _follows(self, marker: bytes) -> bool:
        found = self._content[self._place : self._place + 1] == marker
        self._place += found
        return found

    def _take(self, size: int) -> bytes:
        taken = self._content[self._place : self._place + size]
        if size < 0 or len(taken) < size:
            raise ValueError("It is cut off.")
        self._place += size
        return taken.tobytes()
