"""Channels as files of CSV: the label first, no header, several objects when they are large."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from preparation.engine import sql
from preparation.engine.database import Database
from preparation.engine.rows import ROWS

_CELLS = 20_000_000  # of an object of train; 50 to 150 MB


def write_channels(
    database: Database, label: str, features: Sequence[str], channels: Sequence[str], folder: Path
) -> None:
    """Writes a folder a channel.

    A missing value is an empty cell, and nan in the last one: training counts columns up to the
    last value, and the endpoint counts commas.
    """
    (rows,) = database.row(f"SELECT max(place) + 1 FROM {ROWS}")
    step = max(_CELLS // (len(features) + 1), 1)
    last = f"coalesce(CAST({features[-1]} AS VARCHAR), 'nan')"
    selected = ", ".join([label, *features[:-1], last])
    for channel in channels:
        (folder / channel).mkdir()
    for number, start in enumerate(range(0, rows, step), start=1):
        for channel in channels:
            database.progress("Writing channels", start / rows)
            path = folder / channel / f"part-{number:05}.csv"
            database.run(
                f"COPY (SELECT {selected} FROM {ROWS} WHERE channel = '{channel}' "
                f"AND place >= {start} AND place < {start + step} ORDER BY place) "
                f"TO {sql.literal(str(path))} "
                "(FORMAT csv, HEADER false, DELIMITER ',', NULLSTR '')"
            )
            if not path.stat().st_size:
                path.unlink()
