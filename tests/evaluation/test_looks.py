"""How the level rises each time that the same rows judge."""

from __future__ import annotations

import pytest
from tuning.evaluation import looks as looks_of_rows
from tuning.evaluation.looks import level_of, take_look
from tuning.evaluation.row_sketch import RowHashes
from tuning.variables.judged_rows import JudgedRowsRecord, RowSketch


def rows(*numbers: int) -> RowSketch:
    hashes = RowHashes()
    for number in range(*numbers):
        hashes.add(str(number).encode())
    return hashes.sketch()


def looks(*taken: tuple[str, RowSketch, int]) -> list[int]:
    """The numbers of these looks, one after the other."""
    record, numbers = JudgedRowsRecord(), []
    for execution, sketch, candidates in taken:
        record, number = take_look(record, sketch, execution, candidates)
        numbers.append(number)
    return numbers


@pytest.mark.parametrize("confidence", [0.5, 0.95, 0.999])
def test_all_levels_together_leave_no_more_chance_than_one_test_would(confidence: float) -> None:
    chances = [1 - level_of(number, confidence) for number in range(1, 10_000)]
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) == pytest.approx(1 - confidence, rel=1e-3)


def test_first_level_makes_the_interval_the_usual_one_of_95_percent() -> None:
    assert level_of(1, 0.95) == pytest.approx(0.975)


def test_each_execution_counts_once_however_often_it_is_tried_again() -> None:
    same = rows(100)
    assert looks(("a", same, 1), ("b", same, 1), ("a", same, 1), ("c", same, 1)) == [1, 2, 1, 3]


def test_an_execution_that_chose_from_several_takes_the_number_of_the_last() -> None:
    same = rows(100)
    assert looks(("a", same, 3), ("b", same, 1), ("c", same, 5)) == [3, 4, 9]


def test_other_rows_begin_anew_and_the_old_ones_are_remembered() -> None:
    old, new = rows(100), rows(100, 200)
    assert looks(("a", old, 1), ("b", new, 1), ("c", new, 1), ("d", old, 1)) == [1, 1, 2, 2]


def test_a_few_new_rows_do_not_begin_anew() -> None:
    windows = [(f"week {week}", rows(week, week + 100), 1) for week in range(30)]
    assert looks(*windows) == list(range(1, 31))


def test_rows_of_which_more_than_half_are_new_begin_anew() -> None:
    windows = [(f"week {week}", rows(60 * week, 60 * week + 100), 1) for week in range(5)]
    assert looks(*windows) == [1] * 5


def test_the_record_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks_of_rows, "REMEMBERED", 50)
    record = JudgedRowsRecord()
    for week in range(70):
        record, _ = take_look(record, rows(10 * week, 10 * week + 10), str(week), 1)
    assert len(record.judged) == 50
    assert record.judged[-1].looks[0].execution == "69"
