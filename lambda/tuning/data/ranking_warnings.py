"""Groups of rows, which rank:* ranks: libsvm alone has them, as qid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from tuning.data.channel_sample import ChannelSample
from tuning.data.data_format import DataFormat
from tuning.data.piece import Piece
from tuning.errors import Fault


def ranking_warnings(channels: Sequence[ChannelSample], data_format: DataFormat) -> Iterator[Fault]:
    """XGBoost begins a group with each line whose qid is not that of the line before."""
    for channel in channels:
        groups = [_groups(piece) for piece in channel.pieces]
        if data_format is not DataFormat.LIBSVM or not any(map(any, groups)):
            rule = "No row has a qid, so that all of them are ranked as one group."
            yield channel.fault(rule, "Write libsvm, each row with the qid of its group.")
        elif any(None in found for found in groups):
            rule = "Some rows have a qid and others have none."
            yield channel.fault(rule, "Write the qid of its group into each row.")
        elif any(len(set(found)) < len(found) for found in groups):
            rule = "Rows of a group do not stand together, and each part is ranked by itself."
            yield channel.fault(rule, "Sort the rows by their qid.")


def _groups(piece: Piece) -> list[str | None]:
    """The qid of each run of rows; None where they have none."""
    tokens = (text.split() for _, text in piece.lines())
    queries = (next((token for token in row if token.startswith("qid:")), None) for row in tokens)
    return [query for query, _ in groupby(queries)]
