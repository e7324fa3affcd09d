"""Tells whether two test channels have the same rows, from a few hashes of each.

The smallest hashes are a random sample of the rows that differ, the same one whatever the order of
rows and objects (Bar-Yossef et al., Counting distinct elements in a data stream, 2002). Of two such
samples the share of common rows can be told: exactly of small channels, within about 0.04 of
large ones.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from hashlib import blake2b

import numpy as np

from tuning.variables.judged_rows import RowSketch

KEPT = 128  # hashes
_BYTES = 6  # of a hash


class RowHashes:
    """Hashes rows as they are read."""

    def __init__(self) -> None:
        self._hashes = array("Q")

    def add(self, row: bytes) -> None:
        """A row of any form."""
        digest = blake2b(row, digest_size=_BYTES).digest()
        self._hashes.append(int.from_bytes(digest))

    def of(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The lines as they are. Space around one does not count, nor does an empty one."""
        for line in lines:
            if content := line.strip():
                self.add(content)
            yield line

    def sketch(self) -> RowSketch:
        """Of all rows so far."""
        hashes = np.asarray(self._hashes, dtype=np.uint64)
        hashes.sort()  # where they lie: millions of rows are not held twice
        first_of_its_kind = np.append(True, hashes[1:] != hashes[:-1])[: len(hashes)]
        smallest = hashes[np.flatnonzero(first_of_its_kind)[:KEPT]]
        told = (f"{int(value):0{2 * _BYTES}x}" for value in smallest)
        return RowSketch(rows=int(first_of_its_kind.sum()), smallest=tuple(told))


def share_of_rows(sketch: RowSketch, other: RowSketch) -> float:
    """Which share of the rows are rows of the other, too."""
    mine, others = set(sketch.smallest), set(other.smallest)
    sample = sorted(mine | others)[:KEPT]
    in_both = sum(value in mine and value in others for value in sample) / len(sample)
    common = in_both * (sketch.rows + other.rows) / (1 + in_both)
    return min(1.0, common / sketch.rows)
