"""How much an archive may unpack to: a few MB can hold terabytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO


class TooLarge(Exception):
    """An archive holds more than is unpacked here; the text says what and how much."""


class Counted:
    """A stream that counts what is read from it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.read_bytes = 0

    def read(self, size: int = -1) -> bytes:
        content = self._stream.read(size)
        self.read_bytes += len(content)
        return content


@dataclass(frozen=True)
class Limits:
    """Of one archive. From `free_bytes` on it may hold `ratio` times the bytes that are packed."""

    members: int
    total_bytes: int
    ratio: int = 100
    free_bytes: int = 2**28


class Budget:
    """Raises TooLarge when more is counted than the limits allow.

    `packed` is what the archive is read from; without it, the ratio is not looked at.
    """

    def __init__(self, limits: Limits, packed: Counted | None = None) -> None:
        self._limits = limits
        self._packed = packed
        self._members = 0
        self._bytes = 0

    def count_member(self) -> None:
        self._members += 1
        if self._members > self._limits.members:
            raise TooLarge(f"The archive has more than {self._limits.members:,} members.")

    def count_bytes(self, size: int) -> None:
        self._bytes += size
        if self._bytes > self._limits.total_bytes:
            raise TooLarge(f"The archive holds more than {self._limits.total_bytes:,} bytes.")
        read = self._packed.read_bytes if self._packed else self._bytes
        if self._bytes > max(self._limits.free_bytes, self._limits.ratio * read):
            raise TooLarge(
                f"The archive unpacks to more than {self._limits.ratio} times its own size."
            )


# A model or a script: SageMaker's largest volumes hold far more, and no laptop does.
MODEL = Limits(members=100_000, total_bytes=20 * 2**30)
