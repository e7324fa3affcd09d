"""Reports of searches that do not fit together: odd ranges, words for numbers, no number at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tuning.report.all_files import report_files
from tuning.report.document import make_document
from tuning.report.formats import number
from tuning.report.run import Run
from tuning.report.search import Search, SearchPart
from tuning.report.search_space import CategoricalRange, NumericRange
from tuning.trials.trials import Trial

from tests.tuning.recorded import trial_summary
from tests.tuning.searches import described

MOST = 24  # enough for importance and advice
Tuned = Callable[[int], dict[str, str]]


def continuous(low: str, high: str, scaling: str) -> dict[str, Any]:
    """One hyperparameter, eta."""
    searched = {"Name": "eta", "MinValue": low, "MaxValue": high, "ScalingType": scaling}
    return {"ContinuousParameterRanges": [searched]}


def part(name: str, ranges: dict[str, Any], tuned: Tuned) -> SearchPart:
    """A tuning job in which a smaller eta is better; gamma varies beside it."""
    job = replace(described(ranges), name=name)
    summaries = [
        trial_summary(index, 1 - index / MOST, TunedHyperParameters=tuned(index))
        for index in range(1, MOST + 1)
    ]
    trials = tuple(Trial.parse(each) for each in summaries)
    return SearchPart(job, tuple(replace(each, name=f"{name}-{each.name}") for each in trials))


def assert_reported(search: Search) -> None:
    """All files are made, and JSON is JSON: it knows neither NaN nor Infinity."""

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    files = {file.name: file.content for file in report_files(Run(search=search))}
    assert set(files) == {"trials.csv", "trials.json", "report.json", "report.html"}
    for name in ("trials.json", "report.json"):
        json.loads(files[name], parse_constant=refuse)


@pytest.mark.parametrize(
    ("scaling", "own", "parents"),
    [
        ("Logarithmic", ("0.01", "0.3"), ("0", "1")),
        ("ReverseLogarithmic", ("0", "0.9"), ("0", "1")),
    ],
)
def test_a_logarithmic_range_with_a_parents_that_begins_at_its_end_counts_as_linear(
    scaling: str, own: tuple[str, str], parents: tuple[str, str]
) -> None:
    child = part("child", continuous(*own, scaling), lambda index: {"eta": str(0.01 * index)})
    parent = part("parent", continuous(*parents, "Linear"), lambda at: {"eta": str(at / MOST)})
    search = Search((child, replace(parent, is_parent=True)))
    assert search.ranges["eta"] == NumericRange("eta", 0.0, 1.0, False, "Linear")
    assert_reported(search)


def test_what_is_a_number_in_one_tuning_job_and_a_word_in_another_is_a_category() -> None:
    words = {"CategoricalParameterRanges": [{"Name": "eta", "Values": ["low", "high"]}]}
    one = part("one", continuous("0.1", "0.3", "Linear"), lambda index: {"eta": str(0.1)})
    other = part("other", words, lambda index: {"eta": ["low", "high"][index % 2]})
    for parts in ((one, other), (other, one)):
        found = Search(parts).ranges["eta"]
        assert isinstance(found, CategoricalRange)
        assert set(found.values) == {"0.1", "low", "high"}
        assert_reported(Search(parts))


@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
def test_a_training_that_diverged_has_no_metric(value: str) -> None:
    summaries = [trial_summary(1, 0.9), trial_summary(2, float(value)), trial_summary(3, 0.8)]
    search = Search.of(described(), [Trial.parse(each) for each in summaries])
    assert [trial.value for trial in search.scored] == [0.9, 0.8]
    assert [job.value for job in make_document(Run(search=search)).jobs] == [0.9, None, 0.8]
    assert_reported(search)
    assert number(float(value)) == value
