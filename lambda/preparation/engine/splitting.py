"""The channel of each row, in SQL: by its hash, by its group's hash, or by time.

The hash is that of preparation.row_split, which a test holds equal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from preparation.description import Split
from preparation.engine import sql
from preparation.engine.database import Database
from preparation.request import Request
from preparation.row_split import RANGE, SEPARATOR, TEST, TRAIN, VALIDATION

ROW, GROUP, TIME = "row", "group", "time"
_BLOCK_BYTES = 64  # of SHA-256


def position(names: Sequence[str], request: Request) -> str:
    """DOUBLE from 0 to 1 of a row whose cells are c0, c1 ...; NULL where time decides.

    Columns that are dropped on request do not count: rows that are equal but for them stay
    together.
    """
    split = request.split
    if split.by == TIME:
        return "NULL"
    if split.by == GROUP:
        cells = _of_group(f"c{[*names].index(str(split.column))}")
    else:
        counted = sorted(set(names) - set(request.drop))
        cells = ", ".join(f"coalesce(c{[*names].index(name)}, '')" for name in counted)
    digest = _hmac(split.salt, f"encode(concat_ws({sql.literal(SEPARATOR)}, {cells}))")
    return f"CAST(('0x' || left({digest}, 16)) AS UBIGINT) / {float(RANGE)}"


def _of_group(cell: str) -> str:
    """A group's number is one however it is written: 7, 07 and 7.0."""
    return f"coalesce(CAST(TRY_CAST({cell} AS DOUBLE) AS VARCHAR), {cell}, '')"


def channel(split: Split) -> str:
    """The channel's name of a row by its `position`."""
    return _case(f"position < {split.test!r}", f"position < {split.test + split.validation!r}")


def time_channel(database: Database, value: str, rows: str, split: Split) -> str:
    """The channel's name of a row by `value`, its time: the newest are test, those before them
    validation. Rows of one time stay together, in the newer channel.
    """
    database.run(
        f"CREATE OR REPLACE TEMP TABLE times AS SELECT time, sum(rows) OVER (ORDER BY time DESC) "
        f"- rows AS newer FROM (SELECT {value} AS time, count(*) AS rows FROM {rows} GROUP BY ALL)",
        step="Ordering rows by time",
    )
    (all_rows,) = database.row(f"SELECT count(*) FROM {rows}")
    oldest = database.row(
        f"SELECT CAST(min(time) FILTER (newer < {split.test * all_rows!r}) AS VARCHAR), "
        f"CAST(min(time) FILTER (newer < {(split.test + split.validation) * all_rows!r}) "
        "AS VARCHAR), typeof(min(time)) FROM times"
    )
    *cuts, type_ = oldest
    test, validation = (
        "false" if cut is None else f"{value} >= CAST('{cut}' AS {type_})" for cut in cuts
    )
    return _case(test, validation)


def _case(test: str, validation: str) -> str:
    return (
        f"CASE WHEN {test} THEN '{TEST}' WHEN {validation} THEN '{VALIDATION}' ELSE '{TRAIN}' END"
    )


def _hmac(salt: str, message: str) -> str:
    """HMAC-SHA256 of a BLOB with the salt as its key, in hexadecimal digits."""
    key = salt.encode()
    if len(key) > _BLOCK_BYTES:
        key = hashlib.sha256(key).digest()
    key = key.ljust(_BLOCK_BYTES, b"\0")
    inner, outer = (_blob(bytes(byte ^ pad for byte in key)) for pad in (0x36, 0x5C))
    return f"sha256({outer} || unhex(sha256({inner} || {message})))"


def _blob(content: bytes) -> str:
    return f"unhex('{content.hex()}')"
