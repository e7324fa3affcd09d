"""Faults in the bytes of an object, whatever its rows hold: another format, other ends of lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from tuning.data.data_format import TEXT, DataFormat
from tuning.data.first_bytes import Kind, foreign_kind, is_libsvm
from tuning.data.piece import Piece
from tuning.data.recordio import begins_a_record
from tuning.data.table_row import BYTE_ORDER_MARK
from tuning.errors import Fault

# Training begins a row at it, the server of XGBoost does not.
_BARE_RETURN = re.compile(rb"\r(?![\r\n])")


def content_faults(
    piece: Piece, expected: DataFormat, readable: Collection[DataFormat | None], *, skips_mark: bool
) -> Iterator[Fault]:
    """At most one fault: then the rows cannot be read either.

    `readable` are the formats that the algorithm reads. `skips_mark` says whether its reader of
    CSV skips a byte order mark; that of libsvm never does.
    """
    found = _kind(piece.content, expected) if piece.begins else None
    if found:
        yield piece.fault(f"It is {found.name}, not {expected}.", _fix(found, readable))
    elif expected in TEXT:
        yield from _text_faults(piece, skips_mark=skips_mark and expected is DataFormat.CSV)


def _kind(start: bytes, expected: DataFormat) -> Kind | None:
    """What it is instead of what was expected; None when it may be that."""
    foreign = foreign_kind(start)
    if foreign:
        return None if foreign.data_format is expected else foreign
    found = _own_kind(start)
    if expected in (DataFormat.PARQUET, DataFormat.RECORDIO):
        return None if found.data_format is expected else found
    return found if found.data_format not in (None, expected) else None


def _own_kind(start: bytes) -> Kind:
    if begins_a_record(start):
        return Kind("recordio-protobuf", DataFormat.RECORDIO)
    if is_libsvm(start):
        return Kind("libsvm", DataFormat.LIBSVM)
    first = start.lstrip().partition(b"\n")[0]
    if b"," in first and b":" not in first:
        return Kind("CSV", DataFormat.CSV)
    return Kind("something else")


def _fix(found: Kind, readable: Collection[DataFormat | None]) -> str:
    if found.data_format in readable:
        return f"Set ContentType to {found.data_format}."
    return found.fix


def _text_faults(piece: Piece, *, skips_mark: bool) -> Iterator[Fault]:
    if piece.begins and piece.ends and not piece.text.strip():
        yield piece.fault("It holds no row, only empty lines.", "Delete it.")
        return
    if piece.content.startswith(BYTE_ORDER_MARK) and piece.begins and not skips_mark:
        fix = 'Save it without one; in pandas: encoding="utf-8", not "utf-8-sig".'
        yield piece.fault("It begins with a byte order mark, which belongs to no number.", fix)
        return
    # What follows the last byte of a part is not known.
    found = _BARE_RETURN.search(piece.content if piece.ends else piece.content.rstrip(b"\r"))
    if found:
        line = piece.content.count(b"\n", 0, found.start()) + 1
        yield piece.fault(
            f"{piece.line(line)} has a carriage return without a line feed, at which training "
            "begins a row and the endpoint does not.",
            "End each line with a line feed; dos2unix -c mac does so.",
        )
