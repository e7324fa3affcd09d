"""What benchmarks write is held to goals, and docs/benchmarks.md is made of it."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHMARKS, OTHERS
from benchmarks.harness import page, result
from benchmarks.harness.figure import Figure, at_least, at_most

ALL = (*BENCHMARKS, *OTHERS)


def test_every_benchmark_can_be_run_by_its_name() -> None:
    for name in ALL:
        assert callable(importlib.import_module(f"benchmarks.{name}").main), name


def test_the_page_is_of_the_results_that_are_there() -> None:
    results = page.read_results(ALL)
    assert results
    assert page.page_of(results) == page.PAGE.read_text()
    assert all((page.PLOTS / f"{each.name}.svg").exists() for each in results if drawn(each))


def drawn(each: result.Result) -> bool:
    return any(figure.goal for figure in each.figures)


@pytest.mark.parametrize(
    ("goal", "ours", "other", "is_met"),
    [
        (at_most(1.15, 3), 14.5, 10.0, True),
        (at_most(1.15, 3), 14.6, 10.0, False),
        (at_most(plus=0.3), 0.3, None, True),
        (at_least(0.8), 80.0, 100.0, True),
        (at_least(0.8), 79.0, 100.0, False),
    ],
)
def test_a_goal_is_held_against_the_medians(
    goal: object, ours: float, other: float | None, is_met: bool
) -> None:
    sides = (ours - 50, ours, ours + 900), () if other is None else (other, other, 1000 * other)
    assert Figure("", "s", *sides, goal).is_met is is_met  # type: ignore[arg-type]


def test_a_factor_without_another_side_is_a_mistake() -> None:
    with pytest.raises(ValueError, match=r"a goal of 1\.2x needs something"):
        _ = Figure("", "s", (1.0,), goal=at_most(1.2)).is_met


def test_what_is_written_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result, "RESULTS", tmp_path)
    figures = [
        Figure("start", "s", (1.0, 2.0), (4.0,), at_most(1.2, 3)),
        Figure("size", "MB", (5,)),
    ]
    result.publish("starts", "Starts", "nothing", figures, ("why",))
    read = result.read_result(tmp_path / "starts.json")
    assert (read.figures, read.notes) == (tuple(figures), ("why",))


def test_how_many_goals_are_met_stands_before_everything_else() -> None:
    missed, held = (Figure("start", "s", (2.0,), (1.0,), at_most(most)) for most in (1.5, 3))
    found = result.Result("starts", "Starts, and more", "nothing", (missed, held), {})
    told = page.page_of([found])
    assert "Of 2 goals 1 are met." in told
    assert "| [Starts, and more](#starts-and-more) | 2 | 1 |" in told
