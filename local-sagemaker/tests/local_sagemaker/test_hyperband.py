from __future__ import annotations

import pytest
from local_sagemaker.sagemaker.tuning.hyperband import Budget, bracket_of, is_rung, should_stop

BUDGET = Budget(2, 50)
OTHERS = [[0.5, 0.6], [0.5, 0.7]]


def test_job_in_the_best_third_at_a_rung_goes_on() -> None:
    assert not should_stop([0.1, 0.8], OTHERS, BUDGET)


def test_job_below_the_best_third_at_a_rung_ends() -> None:
    assert should_stop([0.1, 0.65], OTHERS, BUDGET)


def test_between_rungs_no_job_ends() -> None:
    assert not should_stop([0.0], OTHERS, BUDGET)


def test_first_jobs_at_a_rung_have_nothing_to_be_compared_with() -> None:
    assert not should_stop([0.1, 0.1], [[0.5, 0.6], [0.5]], BUDGET)


def test_job_ends_after_max_resource_epochs() -> None:
    assert should_stop([0.9] * 51, [], BUDGET)


def test_job_is_left_to_save_its_model_after_the_last_epoch() -> None:
    poor = [0.1] * 6
    assert not should_stop(poor, [[0.9] * 6] * 4, Budget(2, 6))


@pytest.mark.parametrize(("epoch", "rung"), [(2, True), (6, True), (18, True), (9, False)])
def test_rungs_are_powers_of_three_times_min_resource(epoch: int, rung: bool) -> None:
    assert is_rung(epoch, 2) is rung


def test_brackets_share_the_training_jobs_as_in_hyperband() -> None:
    budget = Budget(1, 27)
    brackets = [bracket_of(number, budget) for number in range(1, 18)]
    # ceil(3/3 * 9), ceil(3/2 * 3) and ceil(3/1 * 1), of Algorithm 1 in Li et al.
    assert [brackets.count(bracket) for bracket in range(budget.brackets)] == [9, 5, 3]


def test_job_of_a_later_bracket_is_left_alone_at_the_first_rung() -> None:
    poor = [0.1, 0.1]
    assert should_stop(poor, OTHERS, BUDGET, bracket=0)
    assert not should_stop(poor, OTHERS, BUDGET, bracket=1)
    assert should_stop([0.1] * 6, [[0.9] * 6] * 2, BUDGET, bracket=1)


def test_max_resource_is_read_from_the_static_epochs() -> None:
    assert Budget.of({}, {"epochs": "20"}) == Budget(1, 20)
    config = {"StrategyConfig": {"HyperbandStrategyConfig": {"MinResource": 2, "MaxResource": 9}}}
    assert Budget.of(config, {"epochs": "20"}) == Budget(2, 9)
