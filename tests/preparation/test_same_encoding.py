"""SQL encodes as the encoder does, cell by cell, and splits as preparation.row_split does."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from preparation.description import Boolean, Column, Date, Number, OneHot, Ranked, Split
from preparation.encoder import ORDERS, PARTS, Encoder, cell_text, date_parts, is_number
from preparation.engine import sql
from preparation.engine.database import Database, open_database
from preparation.engine.encoding import features
from preparation.engine.splitting import channel, position
from preparation.request import MISSING as USUAL
from preparation.request import Request
from preparation.row_split import RowSplit, row_identity

from tests.preparation.descriptions import description

A = "a"
MISSING = (*USUAL, "not known (yet)", "ß*")
digits = st.text("0123456789", max_size=4)
numbers = st.builds("".join, st.lists(st.sampled_from([*"0123456789.,+-eE$€% "]), max_size=9))
reals = st.floats(allow_nan=False, allow_infinity=False).map(repr)
parts = st.one_of(digits, st.sampled_from(["Jan", "DECEMBER", "sep", "Juni", "maybe", "x"]))
between = st.sampled_from(["-", "/", ".", " ", ", ", ""])
times = [
    "",
    " 7:05",
    "T23:59:60",
    "T23:59:59.25Z",
    " 0:00:00+02:00",
    " 12:1 AM",
    " 12:30pm",
    " 13:00 PM",
]
dates = st.builds(
    "{}{}{}{}{}{}".format, parts, between, parts, between, parts, st.sampled_from(times)
)
words = st.sampled_from(
    [
        "yes",
        "NO",
        "Yes ",
        "na",
        "N/A",
        "",
        " ",
        "\t?",
        "Not known (yet)",
        "ß*",
        "mi\u017f\u017fing",
        "İ",
        "ß",
        "a\x00b",
        "'",
        '"',
    ]
)
cells = st.one_of(numbers, reals, dates, words, st.text(max_size=5), st.dates().map(str))
CASES = [
    "2024-03-03",
    "3/3/69",
    "3.3.2024 23:00",
    "1 Jan 2024 12:05 am",
    "Feb 3, 24 3:00 PM",
    "0",
    "-0",
    "007",
    "1,234.5",
    "1.234,5",
    "29.02.2023",
    "29.2.24",
    "0000-01-01",
    "1/2/68",
]


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    with open_database(lambda step, done: None) as opened:
        yield opened


def rows_of(
    database: Database, expressions: list[str], texts: list[str]
) -> list[tuple[object, ...]]:
    """The expressions for each text, which is raw and, without blanks and missing ones, cell."""
    placed = ", ".join(f"({place}, {sql.literal(text)})" for place, text in enumerate(texts))
    cell = sql.cell(sql.trimmed("raw"), MISSING)
    return database.rows(
        f"SELECT {', '.join(expressions)} FROM (SELECT place, {cell} AS cell "
        f"FROM (VALUES {placed}) AS texts(place, raw)) ORDER BY place"
    )


@given(st.lists(cells, min_size=1, max_size=30))
@example(CASES)
def test_cells_numbers_and_dates_are_recognised_alike(database: Database, texts: list[str]) -> None:
    asked = [sql.is_number("cell", decimal) for decimal in ".,"]
    asked += [sql.is_date("cell", order) for order in ORDERS]
    for text, (cell, *found) in zip(texts, rows_of(database, ["cell", *asked], texts), strict=True):
        expected = cell_text(text, MISSING)
        assert cell == expected
        if expected is not None:
            is_kind = [is_number(expected, decimal) for decimal in ".,"]
            is_kind += [date_parts(expected, order) is not None for order in ORDERS]
            assert found == is_kind, text


COLUMNS: list[Column] = [
    *(Number(A, decimal) for decimal in ".,"),
    Boolean(A, "yes", "no"),
    *(Date(A, order, PARTS) for order in ORDERS),
    OneHot(A, ("'", "a\x00b", "ß")),
    Ranked(A, ("0", "a\x00b", "'")),
]


@pytest.mark.parametrize("column", COLUMNS, ids=str)
@given(texts=st.lists(cells, min_size=1, max_size=30))
@example(texts=CASES)
def test_cells_are_encoded_alike(database: Database, column: Column, texts: list[str]) -> None:
    encoder = Encoder({**description(column).to_document(), "missing": MISSING})
    encoded = []
    for text in texts:
        try:
            encoded.append((text, encoder.encode({A: text})))
        except ValueError:  # a cell of another kind, for which the engine has refused the column
            continue
    if encoded:
        found = rows_of(database, features(database, [(column, "cell")]), [t for t, _ in encoded])
        for row, (text, expected) in zip(found, encoded, strict=True):
            assert [None if value is None else float(str(value)) for value in row] == expected, text
            assert not any(value is not None and math.isnan(value) for value in expected)


splits = st.builds(RowSplit, st.floats(0.01, 0.49), st.floats(0.01, 0.49), st.text(max_size=80))


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=30), splits)
def test_a_row_goes_to_the_same_channel(
    database: Database, rows: list[tuple[str, str]], by: RowSplit
) -> None:
    request = Request("x", Split("row", by.test, by.validation, by.salt))
    placed = ", ".join(
        f"({place}, {sql.cell(sql.trimmed(sql.literal(b)), MISSING)}, "
        f"{sql.cell(sql.trimmed(sql.literal(a)), MISSING)})"
        for place, (a, b) in enumerate(rows)
    )
    found = database.rows(
        f"SELECT {channel(request.split)} FROM (SELECT *, {position(['b', 'a'], request)} AS "
        f"position FROM (VALUES {placed}) AS texts(place, c0, c1)) ORDER BY place"
    )
    identities = (
        row_identity({"a": cell_text(a, MISSING), "b": cell_text(b, MISSING)}) for a, b in rows
    )
    assert [name for (name,) in found] == [by.channel_of(identity) for identity in identities]


def test_a_group_is_one_however_its_number_is_written(database: Database) -> None:
    request = Request("x", Split("group", 0.2, 0.2, column="a"))
    placed = ", ".join(f"({sql.literal(text)})" for text in ("7", "07", "7.0", "7e0"))
    found = database.rows(
        f"SELECT DISTINCT {position(['a'], request)} FROM (VALUES {placed}) AS texts(c0)"
    )
    assert len(found) == 1
