"""What the rule promises for a year of runs, simulated on differences of known size.

benchmarks/verdict.py measures the same with models, metrics and rows; docs/decisions/0015 has it.
"""

from __future__ import annotations

import numpy as np
import pytest
from tuning.evaluation.bootstrap import Improvement
from tuning.evaluation.looks import level_of

YEARS, WEEKS, ROWS = 400, 52, 1000


def is_promoted(value: float, look: int, random: np.random.Generator) -> bool:
    """Of a candidate that is better by so many standard errors of the difference."""
    improvement = Improvement(value, random.normal(value, 1, 1000), ROWS)
    return improvement.interval(level_of(look, 0.95))[0] > 0


def test_a_year_of_candidates_that_are_no_better_seldom_replaces_the_champion() -> None:
    """All are compared with one champion, whose luck on these rows they share."""
    random, wrong = np.random.default_rng(1), 0
    for _ in range(YEARS):
        champion, *candidates = random.normal(0, np.sqrt(0.5), 1 + WEEKS)
        differences = enumerate((each - champion for each in candidates), start=1)
        wrong += any(value > 0 and is_promoted(value, week, random) for week, value in differences)
    assert wrong / YEARS <= 0.05


def test_without_the_count_of_looks_chance_would_win_in_most_years() -> None:
    random, wrong = np.random.default_rng(1), 0
    for _ in range(40):
        champion, *candidates = random.normal(0, np.sqrt(0.5), 1 + WEEKS)
        wrong += any(is_promoted(each - champion, 1, random) for each in candidates)
    assert wrong / 40 > 0.3


@pytest.mark.parametrize(("look", "share"), [(1, 0.8), (52, 0.05)], ids=["first", "after a year"])
def test_a_candidate_that_is_better_by_three_standard_errors_is_mostly_promoted_at_once(
    look: int, share: float
) -> None:
    random = np.random.default_rng(2)
    promoted = sum(is_promoted(random.normal(3, 1), look, random) for _ in range(YEARS))
    assert promoted / YEARS >= share
