"""Which charts are drawn, from which trials, and what advice the ranges get."""

from __future__ import annotations

from typing import Any

import pytest
from optuna.trial import TrialState
from tuning.report.advice import range_advice
from tuning.report.document import make_document
from tuning.report.effects import effects
from tuning.report.figures import Figure, draw_figures
from tuning.report.importance import importance
from tuning.report.run import Run
from tuning.report.search_space import NumericRange
from tuning.report.study import make_study
from tuning.report.varied import choose_pair

from tests.tuning.recorded import RANGES, trial_summary
from tests.tuning.report_runs import lesson_trials, make_run

CATEGORICAL: dict[str, Any] = {
    **RANGES,
    "CategoricalParameterRanges": [{"Name": "tree_method", "Values": ["hist", "exact"]}],
}


def titles(run: Run) -> list[str]:
    return [figure.title for figure in drawn(run)]


def drawn(run: Run) -> list[Figure]:
    found = make_document(run).importance
    return draw_figures(
        run.search, {each.name: each.share for each in found[0].shares} if found else {}
    )


def categorical_trials() -> list[dict[str, Any]]:
    summaries = lesson_trials(scored=10, failed=0)
    for number, summary in enumerate(summaries):
        summary["TunedHyperParameters"]["tree_method"] = ["hist", "exact"][number % 2]
    return summaries


def tuned(number: int, value: float, **hyperparameters: str) -> dict[str, Any]:
    return trial_summary(number, value, TunedHyperParameters=hyperparameters)


def test_study_has_every_trial_in_order_of_creation() -> None:
    summaries = lesson_trials(scored=3, failed=2)
    trials = make_study(make_run(summaries).search).trials
    states = [trial.state for trial in trials]
    assert states == [TrialState.COMPLETE] * 3 + [TrialState.FAIL] * 2
    assert [trial.params["eta"] for trial in trials] == [
        float(summary["TunedHyperParameters"]["eta"]) for summary in summaries
    ]


def test_study_knows_kinds_and_scales_of_the_ranges() -> None:
    trial = make_study(make_run(categorical_trials(), ranges=CATEGORICAL).search).trials[0]
    distributions = trial.distributions
    assert str(distributions["max_depth"]) == "IntDistribution(high=10, log=False, low=3, step=1)"
    assert str(distributions["eta"]) == "FloatDistribution(high=0.3, log=True, low=0.01, step=None)"
    assert trial.params["tree_method"] == "hist"


def test_study_takes_a_value_that_rounding_put_outside_of_its_range() -> None:
    run = make_run([tuned(1, 0.9, eta="0.30000000000000004", max_depth="3", gamma="0")])
    assert make_study(run.search).trials[0].params["eta"] == 0.3


def test_many_trials_get_every_chart() -> None:
    assert titles(make_run()) == [
        "Optimisation history",
        "max_depth",
        "eta",
        "gamma",
        "eta and max_depth together",
        "Importance",
        "Parallel coordinates",
    ]


def test_one_trial_gets_a_history_only() -> None:
    assert titles(make_run(lesson_trials(scored=1, failed=2))) == ["Optimisation history"]


def test_equal_metrics_tell_nothing_of_importance() -> None:
    summaries = [
        tuned(n, 0.5, eta=str(0.01 * n), max_depth=str(2 + n), gamma="1") for n in range(1, 8)
    ]
    assert "Importance" not in titles(make_run(summaries))


def test_hyperparameter_with_one_value_gets_no_chart() -> None:
    summaries = [tuned(n, 0.1 * n, eta="0.1", max_depth=str(2 + n), gamma="1") for n in (1, 2, 3)]
    assert titles(make_run(summaries)) == ["Optimisation history", "max_depth"]


def test_categorical_hyperparameter_gets_its_charts() -> None:
    assert "tree_method" in titles(make_run(categorical_trials(), ranges=CATEGORICAL))


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


@pytest.mark.parametrize("direction", ["Maximize", "Minimize"])
def test_history_follows_the_direction_of_the_objective(direction: str) -> None:
    run = make_run(lesson_trials(scored=10, failed=0), objective_type=direction)
    best_line = drawn(run)[0].plot.data[1]
    values = [trial.value for trial in run.search.trials]
    extreme = max if direction == "Maximize" else min
    assert best_line.y[-1] == extreme(value for value in values if value is not None)
    assert list(best_line.x) == list(range(1, 11))


@pytest.mark.parametrize("direction", ["Maximize", "Minimize"])
def test_best_line_is_blue_in_either_direction(direction: str) -> None:
    run = make_run(lesson_trials(scored=10, failed=0), objective_type=direction)
    lines = drawn(run)[-1].plot.data[:-1]
    best = (max if direction == "Maximize" else min)(lines, key=lambda line: line.y[0])
    assert best.line.color == "rgb(42, 127, 212)"


def test_no_colour_bar_is_as_wide_as_the_name_of_the_metric() -> None:
    by_title = {figure.title: figure for figure in drawn(make_run())}
    contour, parallel = by_title["eta and max_depth together"], by_title["Parallel coordinates"]
    bars = [contour.plot.data[0].colorbar, parallel.plot.data[-1].marker.colorbar]
    assert [bar.title.text for bar in bars] == [None, None]
    assert "Colour is validation:auc" in contour.caption
    assert parallel.plot.layout.xaxis.ticktext[0] == "validation:auc"


@pytest.mark.parametrize(
    ("scaling", "low", "position"),
    [("Linear", 0.0, 0.333), ("Logarithmic", 0.01, 0.677), ("ReverseLogarithmic", 0.0, 0.295)],
)
def test_position_is_measured_in_the_space_that_was_searched(
    scaling: str, low: float, position: float
) -> None:
    searched = NumericRange("eta", low, 0.3, is_integer=False, scaling=scaling)
    assert searched.position(0.1) == pytest.approx(position, abs=1e-3)


def advice(**hyperparameters: str) -> list[str]:
    values = {"max_depth": "6", "eta": "0.05", "gamma": "2", **hyperparameters}
    return range_advice(make_run([tuned(1, 0.9, **values)]))


def test_optimum_inside_of_its_range_needs_no_advice() -> None:
    assert advice() == []


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("max_depth", "10", "raise MaxValue"),
        ("max_depth", "3", "lower MinValue"),
        ("gamma", "4.8", "raise MaxValue"),
        ("eta", "0.0115", "lower MinValue"),
    ],
)
def test_optimum_at_an_end_says_which_bound_to_move(name: str, value: str, field: str) -> None:
    (sentence,) = advice(**{name: value})
    assert sentence.startswith(f"{name}: the best value, {value}, lies at the")
    assert field in sentence


def test_optimum_is_near_an_end_on_the_logarithmic_scale_only() -> None:
    """0.0185 is 3 % of the way on a linear scale and 18 % on a logarithmic one."""
    assert advice(eta="0.0185") == []


def test_end_that_the_algorithm_cannot_pass_is_not_to_be_widened() -> None:
    (sentence,) = advice(gamma="0.01")
    assert sentence.endswith("The algorithm takes nothing less.")
