"""What was read of a channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tuning.data.csv_sample import Cells, CsvSample
from tuning.data.piece import Piece
from tuning.errors import Fault


@dataclass(frozen=True)
class ChannelSample:
    """Parts of objects; `complete` when they are all of the channel."""

    field: str  # of the input: Channels.train
    pieces: Sequence[Piece]
    complete: bool

    @property
    def name(self) -> str:
        return self.field.rpartition(".")[2]

    @cached_property
    def csv(self) -> Sequence[CsvSample]:
        """The parts as CSV."""
        return [CsvSample.of(piece) for piece in self.pieces]

    @property
    def csv_rows(self) -> Sequence[Cells]:
        """The whole rows of all parts."""
        return [row for part in self.csv if not part.cut for row in part.rows.values()]

    def all_of(self, rows: int) -> str:
        """Half a sentence, as true as the sample allows."""
        return "every row" if self.complete else f"each of the {rows:,} rows that were looked at"

    def fault(self, rule: str, fix: str) -> Fault:
        """About the channel, with its first object."""
        return self.pieces[0].fault(rule, fix)
