"""AdaptRanges: ranges move to where the parents' best training jobs lie, and only on evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tuning.algorithms.algorithm import load_algorithm
from tuning.algorithms.valid_range import ValidRange, number
from tuning.planning.adapted_ranges import Adapted, Parent, adapt
from tuning.trials.trials import Trial

from tests.tuning.plans import plan
from tests.tuning.test_automatic_parents import SAME, account, job

Ranges = dict[str, list[dict[str, Any]]]
XGBOOST = {
    name: known.range
    for name, known in load_algorithm("xgboost").hyperparameters.items()
    if known.range
}
CREATED = datetime(2026, 11, 1, tzinfo=UTC)


def continuous(name: str, low: str, high: str, scaling: str = "Linear") -> Ranges:
    entry = {"Name": name, "MinValue": low, "MaxValue": high, "ScalingType": scaling}
    return {"ContinuousParameterRanges": [entry]}


def integer(name: str, low: str, high: str) -> Ranges:
    return {"IntegerParameterRanges": continuous(name, low, high)["ContinuousParameterRanges"]}


def trials(name: str, best: Sequence[float], others: Sequence[float]) -> list[Trial]:
    """Of which those come first in validation:auc."""
    values = [*((each, 0.9) for each in best), *((each, 0.5) for each in others)]
    return [
        Trial(f"t{n}", "Completed", CREATED, {name: str(tuned)}, value=value)
        for n, (tuned, value) in enumerate(values)
    ]


def parent(ranges: Ranges, made: list[Trial], direction: str = "Maximize") -> Parent:
    objective = {"Type": direction, "MetricName": "validation:auc"}
    return Parent({"HyperParameterTuningJobObjective": objective, "ParameterRanges": ranges}, made)


def adapted(
    ranges: Ranges,
    best: Sequence[float],
    *,
    searched: Ranges | None = None,
    others: Sequence[float] | None = None,
    valid: dict[str, ValidRange] | None = None,
) -> Adapted:
    """A quarter of the trials are the best; the others lie at the lower bound."""
    ((entry, *_), *_) = ranges.values()
    rest = [float(entry["MinValue"])] * 15 if others is None else others
    made = trials(entry["Name"], best, rest)
    known = XGBOOST if valid is None else valid
    return adapt(ranges, [parent(searched or ranges, made)], known, jobs=1)


def bounds(found: Adapted) -> tuple[str, str]:
    (entries,) = found.ranges.values()
    return entries[0]["MinValue"], entries[0]["MaxValue"]


ETA = continuous("eta", "0.01", "0.1", "Logarithmic")
GAMMA = continuous("gamma", "0", "10")
DEPTH = integer("max_depth", "3", "13")


def test_range_extends_beyond_the_bound_at_which_the_best_crowd() -> None:
    found = adapted(ETA, [0.1, 0.09, 0.095, 0.02, 0.1])
    assert bounds(found) == ("0.01", "0.317")  # half of the range more, on the logarithmic scale
    (change,) = found.changes
    assert str(change) == (
        "eta: 0.01 to 0.1 became 0.01 to 0.317. 4 of the 5 best training jobs lie at the upper "
        "end of what was searched."
    )


def test_range_moves_when_all_of_the_best_crowd_at_a_bound() -> None:
    assert bounds(adapted(GAMMA, [9.5, 9.6, 9.7, 9.8, 10])) == ("8.5", "15")


def test_range_narrows_around_the_best() -> None:
    found = adapted(GAMMA, [4, 4.5, 5, 5.5, 6])
    assert bounds(found) == ("3", "7")
    assert "The 5 best training jobs lie in a small part of the range." in str(found.changes[0])


def test_whole_numbers_stay_whole_and_the_best_stay_within() -> None:
    assert bounds(adapted(DEPTH, [6, 7, 7, 8, 6])) == ("5", "9")
    assert bounds(adapted(DEPTH, [13, 13, 12, 13, 3])) == ("3", "18")


def test_end_of_what_the_algorithm_takes_is_not_reached() -> None:
    """A max_depth of 0 would be no limit at all."""
    assert bounds(adapted(DEPTH, [3, 3, 3, 4, 12], others=[13] * 15))[0] == "1"
    assert bounds(adapted(continuous("subsample", "0.5", "0.9"), [0.9] * 4 + [0.5]))[1] == "0.95"


def test_end_that_the_input_has_stays() -> None:
    assert adapted(GAMMA, [0, 0, 0, 0.1, 9], others=[5] * 15).changes == ()


def test_next_run_keeps_what_the_last_one_has_moved() -> None:
    """The input is the same again: its parents have searched further, and found the best there."""
    wider = continuous("eta", "0.01", "0.317", "Logarithmic")
    found = adapted(ETA, [0.15, 0.16, 0.17, 0.02, 0.15], searched=wider)
    assert bounds(found) == ("0.01", "0.215")
    assert "beyond the range" in found.changes[0].reason


def test_of_another_image_nothing_is_known_beyond_the_range() -> None:
    assert adapted(GAMMA, [10] * 4 + [1], valid={}).changes == ()
    assert bounds(adapted(GAMMA, [4, 4.5, 5, 5.5, 6], valid={})) == ("3", "7")


NO_EVIDENCE = {
    "spread": ([1, 3, 5, 7, 9], None, "Ranges stay: the best training jobs lie well within them."),
    "few": (
        [5] * 5,
        [0] * 14,
        "Ranges stay: The parents have 19 training jobs with a metric, and evidence takes 20.",
    ),
}


@pytest.mark.parametrize(("best", "others", "words"), NO_EVIDENCE.values(), ids=NO_EVIDENCE.keys())
def test_without_evidence_ranges_stay(
    best: list[float], others: list[float] | None, words: str
) -> None:
    found = adapted(GAMMA, best, others=others)
    assert (found.ranges, found.changes, found.kept) == (GAMMA, (), words)


def test_best_are_those_of_each_parent() -> None:
    """Metrics on other data are no better for being greater."""
    one = trials("gamma", [4, 4.5, 5], [0] * 9)
    other = [
        Trial(t.name, t.status, t.created, t.tuned_hyperparameters, value=(t.value or 0) - 0.8)
        for t in trials("gamma", [5.5, 6], [0] * 6)
    ]
    found = adapt(GAMMA, [parent(GAMMA, one), parent(GAMMA, other)], XGBOOST, jobs=1)
    assert bounds(found) == ("3", "7")


def test_least_are_the_best_when_minimising() -> None:
    made = trials("gamma", [0] * 15, [4, 4.5, 5, 5.5, 6])
    found = adapt(GAMMA, [parent(GAMMA, made, "Minimize")], XGBOOST, jobs=1)
    assert bounds(found) == ("3", "7")


def test_categories_are_left_alone_and_enough_combinations_stay() -> None:
    ranges = DEPTH | {"CategoricalParameterRanges": [{"Name": "booster", "Values": ["a", "b"]}]}
    made = [parent(ranges, trials("max_depth", [6, 7, 7, 8, 6], [3] * 15))]
    assert adapt(ranges, made, XGBOOST, jobs=10).ranges == ranges | integer("max_depth", "5", "9")
    kept = adapt(ranges, made, XGBOOST, jobs=11)
    assert (kept.ranges, kept.changes) == (ranges, ())
    assert "fewer combinations than the 11 training jobs" in str(kept.kept)


VALID = [None, "[0, inf)", "(0, 1]", "[0, 1]", "(-inf, inf)", "[-5, 20]"]


@given(st.data())
def test_adapted_range_is_valid_holds_the_best_and_is_never_empty(data: st.DataObject) -> None:
    scaling = data.draw(st.sampled_from(["Auto", "Linear", "Logarithmic", "ReverseLogarithmic"]))
    whole = scaling != "ReverseLogarithmic" and data.draw(st.booleans())
    text = data.draw(st.sampled_from(VALID))
    valid = ValidRange.parse(text or "(-inf, inf)")
    numbers: Any = st.integers(-9, 10**9) if whole else st.floats(-1e9, 1e9, width=32)
    low, high = sorted(data.draw(st.tuples(numbers, numbers)))
    texts = [format(Decimal(str(each)), "f") for each in (low, high)]
    exact = [number(each) for each in texts]
    if low == high or not all(each is not None and each in valid for each in exact):
        return
    if scaling == "Logarithmic" and low <= 0:
        return
    if scaling == "ReverseLogarithmic" and not 0 <= low < high < 1:
        return
    ranges = integer("x", *texts) if whole else continuous("x", texts[0], texts[1], scaling)
    inside: Any = st.integers(low, high) if whole else st.floats(low, high)
    best = data.draw(st.lists(inside, min_size=5, max_size=5))
    known = {"x": valid} if text else {}
    found = adapted(ranges, best, valid=known)
    assert found == adapted(ranges, best, valid=known)
    least, most = (number(each) for each in bounds(found))
    assert least is not None
    assert most is not None
    assert least < most
    assert least in valid
    assert most in valid
    assert all(least <= (number(str(each)) or 0) <= most for each in best)
    if not text:
        assert float(texts[0]) <= float(least) <= float(most) <= float(texts[1])
    if scaling == "Logarithmic" and not whole:
        assert least > 0
    if scaling == "ReverseLogarithmic":
        assert 0 <= least < most < 1


def test_plan_searches_the_adapted_ranges_and_says_what_moved() -> None:
    data = account((job("before"), SAME))
    made = trials("gamma", [4, 4.5, 5, 5.5, 6], [0] * 15)
    data.trials = {"before": made}
    config = {"ParentHyperParameterTuningJobs": "Auto", "AdaptRanges": True}
    document = {
        "WarmStartConfig": config,
        "ParameterRanges": {"gamma": {"MinValue": 0, "MaxValue": 10}},
    }
    document["StaticHyperParameters"] = {"objective": "binary:logistic", "num_round": "100"}
    first = plan({**document, "WarmStartConfig": None})["TuningJob"]
    data.tuning_jobs["before"] |= {
        member: first[member]
        for member in ("HyperParameterTuningJobConfig", "TrainingJobDefinition")
    }
    run = plan(document, data=data)
    (entry,) = run["TuningJob"]["HyperParameterTuningJobConfig"]["ParameterRanges"][
        "ContinuousParameterRanges"
    ]
    assert (entry["MinValue"], entry["MaxValue"]) == ("3", "7")
    (change,) = run["WarmStart"]["AdaptedRanges"]
    assert change == {
        "Name": "gamma",
        "GivenMinValue": "0",
        "GivenMaxValue": "10",
        "MinValue": "3",
        "MaxValue": "7",
        "Reason": "The 5 best training jobs lie in a small part of the range.",
    }


def test_cold_start_adapts_nothing() -> None:
    config = {"ParentHyperParameterTuningJobs": "Auto", "AdaptRanges": True}
    made = plan({"WarmStartConfig": config})
    assert made["WarmStart"]["Started"] == "Cold"
    ranges = plan()["TuningJob"]["HyperParameterTuningJobConfig"]["ParameterRanges"]
    assert made["TuningJob"]["HyperParameterTuningJobConfig"]["ParameterRanges"] == ranges
