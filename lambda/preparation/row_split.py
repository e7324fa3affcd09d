"""Which channel a row belongs to. The row alone decides, and nothing else of its table does.

So the order of rows and files does not matter, what is added later moves no earlier row, equal
rows stay together, and a test row stays one when the test channel's share grows.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass

TRAIN, VALIDATION, TEST = "train", "validation", "test"  # names of channels
RANGE = 2**64
SEPARATOR = "\x1f"  # between the cells of a row


def row_identity(cells: Mapping[str, str | None]) -> bytes:
    """What equal rows have in common: their cells in the order of the columns' names.

    The order of columns in a file does not matter. A cell that is missing is None.
    """
    return SEPARATOR.join(cells[name] or "" for name in sorted(cells)).encode()


@dataclass(frozen=True)
class RowSplit:
    """Shares of the rows, between 0 and 1; train gets the rest. Another salt splits anew.

    Raises ValueError, in words, for shares that split nothing off or leave nothing to train on.
    """

    test: float
    validation: float
    salt: str = ""

    def __post_init__(self) -> None:
        if not (0 <= self.test < 1 and 0 <= self.validation < 1):
            raise ValueError("each share is from 0 to below 1, such as 0.2")
        if self.test + self.validation >= 1:
            raise ValueError("together they are below 1, so that rows are left to train on")
        if self.test == self.validation == 0:
            raise ValueError("one of them is above 0, or nothing is split off")

    @property
    def channels(self) -> tuple[str, ...]:
        """Those that get rows."""
        shares = {TRAIN: 1.0, VALIDATION: self.validation, TEST: self.test}
        return tuple(channel for channel, share in shares.items() if share)

    def channel_of(self, identity: bytes) -> str:
        """The channel of every row with this content, or of every row of this group."""
        digest = hmac.digest(self.salt.encode(), identity, "sha256")
        position = int.from_bytes(digest[:8], "big") / RANGE
        if position < self.test:
            return TEST
        return VALIDATION if position < self.test + self.validation else TRAIN
