"""report.json: made of every kind of tuning job, and as its schema says."""

from __future__ import annotations

import json
import statistics
from typing import Any

import pytest
from tuning.report.document import make_document
from tuning.report.document_types import PATH, ReportDocument, schema_text
from tuning.report.run import Run

from tests.tuning.recorded import RANGES, trial_summary
from tests.tuning.report_runs import lesson_trials, make_run, rendered
from tests.tuning.searches import KINDS, failed_run, search_of

each_kind = pytest.mark.parametrize("kind", KINDS)


def document(run: Run) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(make_document(run).to_json())
    return found


@each_kind
def test_every_kind_of_tuning_job_has_a_document_and_a_page(kind: str) -> None:
    run = KINDS[kind]()
    found = document(run)
    assert ReportDocument.model_validate(found) == make_document(run)
    assert [job["Number"] for job in found["Jobs"]] == list(range(1, len(run.search.trials) + 1))
    assert found["Title"] in rendered(run)


@each_kind
def test_ranks_follow_the_objective(kind: str) -> None:
    ranked = {job["Rank"]: job["Value"] for job in document(KINDS[kind]())["Jobs"] if job["Rank"]}
    values = [ranked[rank] for rank in sorted(ranked)]
    assert sorted(ranked) == list(range(1, len(values) + 1))
    assert values == sorted(values, reverse=True)


def test_schema_in_the_docs_is_that_of_the_types() -> None:
    assert PATH.read_text() == schema_text()


def test_job_has_its_label_hyperparameters_and_log() -> None:
    run = make_run()
    job = document(run)["Jobs"][0]
    assert job["Name"] == f"{job['TuningJob']}-{job['Label']}"
    assert job["HyperParameters"].keys() == {"max_depth", "eta", "gamma"}
    assert job["LogCommand"] == f"retune logs {job['Name']}"
    assert job["LogUrl"] is None  # not in AWS


def test_ranges_are_those_that_were_searched() -> None:
    depth, eta, _ = document(make_run())["Ranges"]
    assert (depth["Kind"], depth["Min"], depth["Max"]) == ("Integer", 3, 10)
    assert (eta["Kind"], eta["Scaling"]) == ("Continuous", "Logarithmic")


def test_jobs_that_hyperband_stopped_are_marked() -> None:
    marks = [job["EarlyStopped"] for job in document(KINDS["Hyperband"]())["Jobs"]]
    assert marks == [True, False] * 10


def test_parents_stand_beside_the_tuning_job_that_began_with_them() -> None:
    found = document(KINDS["warm started"]())
    assert [(job["Name"], job["IsParent"]) for job in found["TuningJobs"]] == [
        ("child", False),
        ("parent", True),
    ]
    assert found["Title"] == "child"
    assert {job["TuningJob"] for job in found["Jobs"]} == {"child", "parent"}


def test_characters_without_a_picture_are_shown() -> None:
    summaries = lesson_trials(scored=1)
    summaries[0]["TunedHyperParameters"]["\x1b[2J"] = "\u202egnp"
    found = document(Run(search=search_of(summaries)))
    assert found["Jobs"][0]["HyperParameters"]["\\x1b[2J"] == "\\u202egnp"


def test_baseline_is_the_median_training_job() -> None:
    found = document(make_run(lesson_trials(scored=5)))
    values = [job["Value"] for job in found["Jobs"] if job["Value"] is not None]
    assert found["Baseline"]["Value"] == statistics.median(values)
    assert found["Baseline"]["Label"] == "the median training job"


def test_baseline_is_the_training_job_with_the_algorithms_defaults() -> None:
    summaries = lesson_trials(scored=5)
    summaries[3]["TunedHyperParameters"] = {"max_depth": "6", "eta": "0.3", "gamma": "0"}
    found = document(make_run(summaries))
    assert found["Baseline"]["Job"] == summaries[3]["TrainingJobName"]
    assert found["Baseline"]["Label"] == "the algorithm's defaults"


def test_noise_is_the_deviation_where_hyperparameters_repeat() -> None:
    """As the within-group mean square of an analysis of variance."""
    groups = {"0.1": [0.90, 0.92, 0.91], "0.2": [0.80, 0.84], "0.3": [0.7]}
    values = [(eta, value) for eta, group in groups.items() for value in group]
    summaries = [
        trial_summary(number, value, TunedHyperParameters={"eta": eta})
        for number, (eta, value) in enumerate(values, start=1)
    ]
    found = document(Run(search=search_of(summaries)))["Noise"]
    squares = statistics.variance(groups["0.1"]) * 2 + statistics.variance(groups["0.2"])
    assert found["StandardDeviation"] == pytest.approx((squares / 3) ** 0.5)
    assert (found["Groups"], found["Jobs"]) == (2, 5)


def test_importance_has_two_evaluators_with_intervals_around_shares_that_add_up() -> None:
    found = document(make_run(lesson_trials(scored=40)))
    assert [each["Evaluator"] for each in found["Importance"]] == [
        "PED-ANOVA, all trials",
        "PED-ANOVA, better half",
    ]
    for each in found["Importance"]:
        assert sum(share["Share"] for share in each["Shares"]) == pytest.approx(1)
        assert all(share["Low"] <= share["Share"] <= share["High"] for share in each["Shares"])
    assert found["Importance"][0]["Shares"][0]["Name"] == "eta"


@pytest.mark.parametrize(
    ("summaries", "note"),
    [
        (lesson_trials(scored=5), "5 training jobs have a metric; importance needs 12."),
        (
            [
                trial_summary(
                    number,
                    0.5,
                    TunedHyperParameters={"eta": str(0.01 * number), "max_depth": str(number)},
                )
                for number in range(1, 20)
            ],
            "The metric differs between the training jobs no more than it would by chance",
        ),
        (
            [
                trial_summary(
                    number, 0.5 + 0.01 * number, TunedHyperParameters={"eta": str(0.01 * number)}
                )
                for number in range(1, 20)
            ],
            "eta is the only hyperparameter",
        ),
    ],
    ids=["few", "alike", "one hyperparameter"],
)
def test_note_says_why_there_is_no_importance(summaries: list[dict[str, Any]], note: str) -> None:
    found = document(Run(search=search_of(summaries, ranges=RANGES)))
    assert found["Importance"] == []
    assert found["ImportanceNote"].startswith(note)


def test_failed_execution_tells_its_reason_on_the_page() -> None:
    text = rendered(failed_run(search_of(lesson_trials(scored=0, failed=5))))
    assert "<strong>NoTrialSucceeded</strong>" in text
    assert "What to do: mend the data." in text
    assert "label must be in [0,1]" in text
