"""What the trials tell of the hyperparameters and their ranges."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from optuna.trial import FrozenTrial, TrialState
from tuning.report import importance as report_importance
from tuning.report.effects import effects
from tuning.report.importance import EVALUATORS, importance
from tuning.report.run import CompletedRun
from tuning.report.search import Search
from tuning.report.search_space import NumericRange
from tuning.report.study import frozen_trial
from tuning.report.varied import choose_pair

from tests.tuning.recorded import RANGES, trial_summary
from tests.tuning.report_runs import lesson_trials, make_run

CATEGORICAL: dict[str, Any] = {
    **RANGES,
    "CategoricalParameterRanges": [{"Name": "tree_method", "Values": ["hist", "exact"]}],
}

WEIGHTS = {"eta": 1.0, "gamma": 0.6, "alpha": 0.2}  # of a sum: the metric of a known function


def categorical_trials() -> list[dict[str, Any]]:
    summaries = lesson_trials(scored=10, failed=0)
    for number, summary in enumerate(summaries):
        summary["TunedHyperParameters"]["tree_method"] = ["hist", "exact"][number % 2]
    return summaries


def tuned(number: int, value: float, **hyperparameters: str) -> dict[str, Any]:
    return trial_summary(number, value, TunedHyperParameters=hyperparameters)


def unit_range(name: str) -> dict[str, str]:
    return {"Name": name, "MinValue": "0", "MaxValue": "1", "ScalingType": "Linear"}


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


def integrated_shares(region: float) -> dict[str, float]:
    """Of the sum of WEIGHTS, from the definition: the Pearson divergence between where the best
    quarter of the region lies and where the region lies, by histograms of very many points."""
    points = np.random.default_rng(1).uniform(size=(400_000, len(WEIGHTS)))
    values = points @ np.array(list(WEIGHTS.values()))
    better = points[values >= np.quantile(values, 1 - region)]
    best = points[values >= np.quantile(values, 1 - region / 4)]
    divergences = []
    for column in range(len(WEIGHTS)):
        everywhere, _ = np.histogram(better[:, column], 25, (0, 1))
        among_best, _ = np.histogram(best[:, column], 25, (0, 1))
        reached = everywhere > 0
        share = everywhere[reached] / everywhere.sum()
        share_of_best = among_best[reached] / among_best.sum()
        divergences.append(np.sum(share * (share_of_best / share - 1) ** 2))
    return dict(zip(WEIGHTS, divergences / np.sum(divergences), strict=True))


def search_of_the_sum(seed: int) -> Search:
    """200 points at random, whose metric is the sum of WEIGHTS times their hyperparameters."""
    summaries = []
    for number, point in enumerate(np.random.default_rng(seed).uniform(size=(200, len(WEIGHTS)))):
        tried = dict(zip(WEIGHTS, map(float, point), strict=True))
        metric = sum(weight * tried[name] for name, weight in WEIGHTS.items())
        as_text = {name: repr(value) for name, value in tried.items()}
        summaries.append(tuned(number + 1, metric, **as_text))
    ranges = {"ContinuousParameterRanges": [unit_range(name) for name in WEIGHTS]}
    return make_run(summaries, ranges=ranges).search


def test_importance_is_what_integration_of_a_known_function_gives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(report_importance, "RESAMPLES", 1)  # the intervals are not of interest
    searches = [search_of_the_sum(seed) for seed in range(6)]
    found = [importance(search, effects(search)).shares for search in searches]
    for evaluator, region in EVALUATORS.items():
        exact = integrated_shares(region)
        for name in WEIGHTS:
            shares = [own.share for each in found for own in each[evaluator] if own.name == name]
            assert np.mean(shares) == pytest.approx(exact[name], abs=0.08), (evaluator, name)


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
