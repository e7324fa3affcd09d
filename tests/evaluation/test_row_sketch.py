"""Which test channels have the same rows."""

from __future__ import annotations

import random

import pytest
from tuning.evaluation.row_sketch import RowHashes, share_of_rows
from tuning.variables.judged_rows import RowSketch

ROWS = [f"{number % 2},{number},0.5\n".encode() for number in range(10_000)]


def sketch(rows: list[bytes]) -> RowSketch:
    hashes = RowHashes()
    assert list(hashes.of(rows)) == rows
    return hashes.sketch()


@pytest.mark.parametrize("count", [3, 100, 10_000])
def test_rows_are_the_same_in_any_order_and_however_often_they_are_there(count: int) -> None:
    shuffled = [*ROWS[:count], ROWS[0]]
    random.Random(1).shuffle(shuffled)
    assert sketch(shuffled) == sketch(ROWS[:count])
    assert sketch(shuffled).rows == count


def test_space_around_a_row_and_empty_lines_do_not_count() -> None:
    assert sketch([b"1,2\r\n", b"\n", b"1,3"]) == sketch([b"1,2\n", b"1,3\n"])


@pytest.mark.parametrize(
    ("mine", "other", "share"),
    [
        (slice(0, 100), slice(0, 100), 1.0),
        (slice(0, 100), slice(100, 200), 0.0),
        (slice(0, 100), slice(25, 125), 0.75),
        (slice(0, 60), slice(0, 120), 1.0),
        (slice(0, 120), slice(0, 60), 0.5),
    ],
    ids=["same", "other", "a window that moves", "a part", "as many new rows"],
)
def test_share_of_common_rows_is_exact_in_small_channels(
    mine: slice, other: slice, share: float
) -> None:
    found = share_of_rows(sketch(ROWS[mine]), sketch(ROWS[other]))
    assert found == pytest.approx(share, abs=0.04)


@pytest.mark.parametrize(("mine", "other", "share"), [
    (slice(0, 8000), slice(0, 8000), 1.0),
    (slice(0, 4000), slice(4000, 8000), 0.0),
    (slice(0, 8000), slice(2000, 10_000), 0.75),
    (slice(0, 10_000), slice(0, 5000), 0.5),
    (slice(0, 10_000), slice(0, 50), 0.005),
])  # fmt: skip
def test_share_of_common_rows_is_known_well_enough_in_large_channels(
    mine: slice, other: slice, share: float
) -> None:
    found = share_of_rows(sketch(ROWS[mine]), sketch(ROWS[other]))
    assert found == pytest.approx(share, abs=0.12)
