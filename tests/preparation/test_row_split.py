"""Which channel a row goes to: by itself alone, always the same, with all rows of its group."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from preparation.row_split import RowSplit
from tuning.data.csv_table import UnknownHeader
from tuning.data.table import Columns, table_of

from tests.odd_data import contents

shares = st.floats(0, 0.49)
salts = st.text(max_size=5).filter(lambda text: text.isprintable())
splits = st.builds(RowSplit, test=shares.filter(bool), validation=shares, salt=salts)
cells = st.text('ab1." ,;\n', max_size=4)
tables = st.lists(st.tuples(st.integers(0, 9).map(str), cells), min_size=1, max_size=30)


def csv(rows: list[tuple[str, ...]], newline: str = "\n") -> bytes:
    quoted = ((f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows)
    return "".join(",".join(row) + newline for row in quoted).encode()


def channels(content: bytes, by: RowSplit, group: str | None = None) -> dict[str, list[bytes]]:
    """The rows of each channel, in order."""
    table = table_of(content, Columns(has_header=False, group=group))
    found: dict[str, list[bytes]] = {}
    for row in table.rows(BytesIO(content)):
        found.setdefault(by.channel_of(row.identity), []).append(row.content)
    return found


@given(tables, splits)
def test_every_row_is_in_one_channel_as_it_was(rows: list[tuple[str, ...]], by: RowSplit) -> None:
    found = channels(csv(rows), by)
    assert set(found) <= set(by.channels)
    assert sorted(row for part in found.values() for row in part) == sorted(
        csv([row]) for row in rows
    )


@given(tables, tables, splits, st.randoms(use_true_random=False))
def test_neither_order_nor_what_is_added_moves_a_row(
    rows: list[tuple[str, ...]], added: list[tuple[str, ...]], by: RowSplit, chance: object
) -> None:
    shuffled = [*added, *rows]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    before, after = channels(csv(rows), by), channels(csv(shuffled), by)
    for channel, part in before.items():
        assert set(part) <= set(after[channel])
    assert sum(map(len, after.values())) == len(shuffled)


@given(tables, splits)
def test_equal_rows_and_rows_of_a_group_stay_together(
    rows: list[tuple[str, ...]], by: RowSplit
) -> None:
    found = channels(csv([*rows, *rows]), by)
    assert len({row for part in found.values() for row in set(part)}) == len(set(rows))
    grouped = channels(csv(rows), by, group="0")
    groups = [{row[:3] for row in part} for part in grouped.values()]
    assert sum(map(len, groups)) == len(set.union(*groups))


@given(st.lists(st.binary(max_size=9)), shares.filter(bool), shares, salts)
def test_a_test_row_stays_one_when_the_share_grows(
    rows: list[bytes], share: float, more: float, salt: str
) -> None:
    small, large = RowSplit(share, 0.1, salt), RowSplit(min(share + more, 0.89), 0.1, salt)
    for row in rows:
        assert small.channel_of(row) != "test" or large.channel_of(row) == "test"


@given(contents, st.none() | st.booleans(), st.sampled_from([None, "0", "1", "qid", "a"]))
def test_any_content_is_split_or_refused_in_words(
    content: bytes, has_header: bool | None, group: str | None
) -> None:
    try:
        table = table_of(content, Columns(has_header, group))
        rows = [row.content.rstrip(b"\n") for row in table.rows(BytesIO(content))]
    except ValueError as fault:
        refusal: type[ValueError] | None = type(fault)
    else:
        refusal = None
        assert all(row in content for row in rows)
    assert refusal in (None, ValueError, UnknownHeader)


def test_the_shares_are_those_asked_for() -> None:
    by = RowSplit(test=0.2, validation=0.1)
    found = [by.channel_of(str(number).encode()) for number in range(20_000)]
    for channel, share in (("train", 0.7), ("validation", 0.1), ("test", 0.2)):
        assert abs(found.count(channel) / 20_000 - share) < 0.01


def test_these_rows_are_where_they_were_in_the_first_release() -> None:
    """Another hash would turn test rows into training rows."""
    by = RowSplit(test=0.2, validation=0.2)
    rows = b"".join(b"%d,x\n" % number for number in range(20))
    tested = [b"%d,x\n" % number for number in (3, 5, 6, 12, 14, 16)]
    assert channels(rows, by)["test"] == tested
    assert channels(rows, by, group="0")["test"] == [b"7,x\n", b"13,x\n"]
    sparse = b"".join(b"1 1:%d\n" % number for number in range(20))
    tested = [b"1 1:%d\n" % number for number in (3, 9, 13, 15, 16)]
    assert channels(sparse, by)["test"] == tested


def test_another_salt_splits_anew() -> None:
    one, other = RowSplit(0.2, 0.2, "a"), RowSplit(0.2, 0.2, "b")
    rows = [str(number).encode() for number in range(100)]
    assert [*map(one.channel_of, rows)] != [*map(other.channel_of, rows)]


@pytest.mark.parametrize(
    ("test", "validation", "rule"),
    [
        (0.5, 0.5, "rows are left"),
        (0, 0, "nothing is split off"),
        (-0.1, 0.2, "from 0 to below 1"),
        (float("nan"), 0.2, "from 0 to below 1"),
        (1, 0, "from 0 to below 1"),
    ],
)
def test_shares_that_split_nothing_or_everything(test: float, validation: float, rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        RowSplit(test, validation)
