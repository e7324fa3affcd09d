"""What the trials tell of the hyperparameters and their ranges."""

from __future__ import annotations

from typing import Any

import pytest
from optuna.trial import FrozenTrial, TrialState
from tuning.report.effects import effects
from tuning.report.importance import importance
from tuning.report.run import CompletedRun
from tuning.report.search_space import NumericRange
from tuning.report.study import frozen_trial
from tuning.report.varied import choose_pair

from tests.tuning.recorded import RANGES, trial_summary
from tests.tuning.report_runs import lesson_trials, make_run

CATEGORICAL: dict[str, Any] = {
    **RANGES,
    "CategoricalParameterRanges": [{"Name": "tree_method", "Values": ["hist", "exact"]}],
}


def categorical_trials() -> list[dict[str, Any]]:
    summaries = lesson_trials(scored=10, failed=0)
    for number, summary in enumerate(summaries):
        summary["TunedHyperParameters"]["tree_method"] = ["hist", "exact"][number % 2]
    return summaries


def tuned(number: int, value: float, **hyperparameters: str) -> dict[str, Any]:
    return trial_summary(number, value, TunedHyperParameters=hyperparameters)


def frozen(run: CompletedRun) -> list[FrozenTrial]:
    return [frozen_trial(trial, run.search.ranges) for trial in run.search.in_order()]


def test_trial_without_a_metric_is_one_that_failed_to_optuna() -> None:
    summaries = lesson_trials(scored=3, failed=2)
    trials = frozen(make_run(summaries))
    states = [trial.state for trial in trials]
    assert states == [TrialState.COMPLETE] * 3 + [TrialState.FAIL] * 2
    assert [trial.params["eta"] for trial in trials] == [
        float(summary["TunedHyperParameters"]["eta"]) for summary in summaries
    ]


def test_optuna_knows_kinds_and_scales_of_the_ranges() -> None:
    trial = frozen(make_run(categorical_trials(), ranges=CATEGORICAL))[0]
    distributions = trial.distributions
    assert str(distributions["max_depth"]) == "IntDistribution(high=10, log=False, low=3, step=1)"
    assert str(distributions["eta"]) == "FloatDistribution(high=0.3, log=True, low=0.01, step=None)"
    assert trial.params["tree_method"] == "hist"


def test_value_that_rounding_put_outside_of_its_range_is_taken() -> None:
    run = make_run([tuned(1, 0.9, eta="0.30000000000000004", max_depth="3", gamma="0")])
    assert frozen(run)[0].params["eta"] == 0.3


def test_importance_finds_the_hyperparameter_that_decides() -> None:
    search = make_run(lesson_trials(scored=40)).search
    for shares in importance(search, effects(search)).shares.values():
        assert shares[0].name == "eta"
        assert sum(each.share for each in shares) == pytest.approx(1)


@pytest.mark.parametrize(
    ("varied", "ranked", "pair"),
    [
        (["max_depth", "gamma", "eta"], ["gamma"], ("eta", "max_depth")),
        (["gamma", "alpha", "eta"], ["eta", "alpha", "gamma"], ("eta", "alpha")),
        (["gamma", "alpha"], [], ("gamma", "alpha")),
        (["gamma"], [], None),
    ],
    ids=["the lesson's", "most important", "no importances", "one hyperparameter"],
)
def test_pair_of_hyperparameters(
    varied: list[str], ranked: list[str], pair: tuple[str, str] | None
) -> None:
    assert choose_pair(varied, ranked) == pair


@pytest.mark.parametrize(
    ("scaling", "low", "position"),
    [("Linear", 0.0, 0.333), ("Logarithmic", 0.01, 0.677), ("ReverseLogarithmic", 0.0, 0.295)],
)
def test_position_is_measured_in_the_space_that_was_searched(
    scaling: str, low: float, position: float
) -> None:
    searched = NumericRange("eta", low, 0.3, is_integer=False, scaling=scaling)
    assert searched.position(0.1) == pytest.approx(position, abs=1e-3)
