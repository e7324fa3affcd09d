"""Expressions of SQL that mean what preparation.encoder means in Python.

A test holds both equal, cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from preparation.encoder import (
    BLANKS,
    HALF,
    HOUR,
    MONTHS,
    ORDERS,
    SIGNS,
    YOUNGEST,
    date_pattern,
    number_pattern,
)


def literal(text: str) -> str:
    """A text; NUL cannot stand in SQL."""
    quoted = "'" + text.replace("'", "''") + "'"
    return "(" + quoted.replace("\x00", "' || chr(0) || '") + ")" if "\x00" in text else quoted


def literals(texts: Iterable[str]) -> str:
    return ", ".join(map(literal, texts))


def name(text: str) -> str:
    """A name of a column or table."""
    return '"' + text.replace('"', '""') + '"'


def trimmed(raw: str) -> str:
    """A cell as it was read, without blanks around it; most have none, and trim is slow."""
    may_have = f"{raw} < '!' OR right({raw}, 1) < '!'"
    return f"CASE WHEN {may_have} THEN trim({raw}, {literal(BLANKS)}) ELSE {raw} END"


def cell(trimmed: str, missing: Iterable[str]) -> str:
    """NULL when it is missing. By a pattern: IN would keep a column of memory for each text."""
    pattern = literal("|".join(map(re.escape, missing)))
    return f"CASE WHEN regexp_full_match(lower({trimmed}), {pattern}) THEN NULL ELSE {trimmed} END"


def is_number(cell: str, decimal: str) -> str:
    return f"regexp_full_match({cell}, {literal(number_pattern(decimal))})"


def number(cell: str, decimal: str) -> str:
    """DOUBLE of a cell that is a number; most have none of the signs that translate takes away."""
    group = "," if decimal == "." else "."
    plain = f"CAST(translate({cell}, {literal(decimal + SIGNS + group + ' ')}, '.') AS DOUBLE)"
    return f"coalesce(TRY_CAST({cell} AS DOUBLE), {plain})" if decimal == "." else plain


def is_date(cell: str, order: str) -> str:
    return f"({date(cell, order)} IS NOT NULL)"


def date(cell: str, order: str) -> str:
    """DATE of a cell, NULL when it is none of the calendar."""
    year, month, day = (_group(cell, order, group) for group in ORDERS[order])
    if order != "YMD":
        full = f"CASE WHEN {year} <= {literal(str(YOUNGEST))} THEN '20' ELSE '19' END || {year}"
        year = f"CASE WHEN length({year}) = 2 THEN {full} ELSE {year} END"
    named = f"(strpos({literal(MONTHS)}, lower(left({month}, 3))) + 2) // 3"
    month = f"CASE WHEN length({month}) > 2 THEN CAST({named} AS VARCHAR) ELSE {month} END"
    text = f"nullif({year}, '0000') || '-' || {month} || '-' || {day}"
    return f"TRY_CAST({text} AS DATE)"


def hour(cell: str, order: str) -> str:
    """SMALLINT, NULL without a time."""
    number, half = f"TRY_CAST({_group(cell, order, HOUR)} AS SMALLINT)", _group(cell, order, HALF)
    of_half = f"{number} % 12 + CASE WHEN lower({half}) = 'p' THEN 12 ELSE 0 END"
    return f"CASE WHEN {half} = '' THEN {number} ELSE {of_half} END"


def moment(cell: str, order: str) -> str:
    """TIMESTAMP of a date, with its time if it has one: what is newer is larger."""
    rest = f"regexp_extract({cell}, ':([0-9]+(:[0-9]+([.][0-9]+)?)?)', 1)"
    clock = f"TRY_CAST({hour(cell, order)} || ':' || {rest} AS TIME)"
    return f"({date(cell, order)} + coalesce({clock}, TIME '00:00:00'))"


def date_part(cell: str, order: str, part: str) -> str:
    """One of preparation.encoder.PARTS."""
    if part == "hour":
        return hour(cell, order)
    function = "isodow" if part == "weekday" else part
    return f"{function}({date(cell, order)})"


def _group(cell: str, order: str, group: int) -> str:
    pattern = literal(f"^(?:{date_pattern(order)})$")
    return f"regexp_extract({cell}, {pattern}, {group})"
