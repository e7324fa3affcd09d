"""The end of the demo: shares of buyers among those whom the model ranks highest."""

from __future__ import annotations

from pathlib import Path

from examples.bank_marketing import gains

# 3,000 customers of whom a tenth bought; half of the buyers are the highest of all.
ANSWERS = [
    *[gains.Answer(bought=True, probability=0.9)] * 150,
    *[gains.Answer(bought=False, probability=0.3)] * 1000,
    *[gains.Answer(bought=True, probability=0.2)] * 150,
    *[gains.Answer(bought=False, probability=0.01)] * 1700,
]


def test_those_ranked_highest_are_held_against_all() -> None:
    lines = gains.told(ANSWERS[::-1]).splitlines()  # in whatever order they come
    assert lines[0] == "  Of the 500 customers ranked highest, 30 % bought; of all 3,000, 10 %."
    assert [line.split() for line in lines[3:7]] == [
        ["500", "30", "%", "50", "%"],
        ["1,000", "15", "%", "50", "%"],
        ["2,000", "15", "%", "100", "%"],
        ["3,000", "10", "%", "100", "%"],
    ]


def test_a_threshold_at_the_base_rate_finds_more_buyers_than_one_half() -> None:
    half, base = gains.told(ANSWERS).splitlines()[-2:]
    assert half.split() == ["0.50:", "150", "100", "%", "50", "%"]
    assert base.split() == ["0.10,", "the", "base", "rate:", "1,300", "23", "%", "100", "%"]


def test_nobody_above_the_threshold_is_no_fault() -> None:
    answers = [gains.Answer(bought=True, probability=0.4), gains.Answer(False, 0.1)]
    assert "0.50: 0" in gains.told(answers)


def test_answers_are_read_as_the_command_line_writes_them(tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text("actual,predicted,no,yes\nyes,no,0.9,0.1\nno,yes,0.25,0.75\n")
    assert gains.read_answers(file) == [gains.Answer(True, 0.1), gains.Answer(False, 0.75)]


def test_every_line_fits_a_terminal_of_80_columns() -> None:
    assert max(map(len, gains.told(ANSWERS).splitlines())) <= 80
