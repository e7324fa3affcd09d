"""A tuning job with several training job definitions, as the report and the command line see it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from tuning.algorithms.images import image_uri
from tuning.report.files import trials_csv, trials_json
from tuning.trials.trials import TuningJob
from tuning.variables.warm_start import WarmStartOutcome

from retune.trials.results_table import results_table
from tests.tuning.channel_store import ROWS, store
from tests.tuning.plans import make_plan
from tests.tuning.report_runs import lesson_trials, make_run, page_without_script, rendered


def range_(low: str, high: str) -> dict[str, str]:
    return {"Name": "eta", "MinValue": low, "MaxValue": high, "ScalingType": "Linear"}


def definition(metric: str, low: str, high: str) -> dict[str, dict[str, Any]]:
    return {
        "TuningObjective": {"Type": "Maximize", "MetricName": metric},
        "HyperParameterRanges": {"ContinuousParameterRanges": [range_(low, high)]},
    }


def test_objective_is_the_first_definitions_and_ranges_hold_all_of_them() -> None:
    job = TuningJob.parse(
        {
            "HyperParameterTuningJobName": "two",
            "HyperParameterTuningJobStatus": "Completed",
            "HyperParameterTuningJobConfig": {"Strategy": "Random"},
            "TrainingJobDefinitions": [
                definition("validation:auc", "0.1", "0.3"),
                definition("validation:aucpr", "0.05", "0.20"),
            ],
            "TrainingJobStatusCounters": {},
            "CreationTime": datetime(2026, 11, 25, tzinfo=UTC),
        }
    )
    assert (job.metric_name, job.objective_type) == ("validation:auc", "Maximize")
    (eta,) = job.config["ParameterRanges"]["ContinuousParameterRanges"]
    assert (eta["MinValue"], eta["MaxValue"]) == ("0.05", "0.3")


def test_report_of_trials_that_tuned_different_hyperparameters() -> None:
    summaries = lesson_trials()
    for summary in summaries[::2]:
        del summary["TunedHyperParameters"]["gamma"]
    run = make_run(summaries)
    text = rendered(run)
    assert "gamma" in text


def test_report_and_table_tell_of_which_definition_a_trial_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    summaries = lesson_trials(scored=4, failed=0)
    assert '"Definition":null' in page_without_script(make_run(summaries), monkeypatch)
    for summary in summaries:
        summary["TrainingJobDefinitionName"] = "deep-trees"
    run = make_run(summaries)
    assert page_without_script(run, monkeypatch).count('"Definition":"deep-trees"') == 4
    assert trials_json(run.search.job, run.search.trials).decode().count("deep-trees") == 4
    assert (
        next(csv.DictReader(io.StringIO(trials_csv(run.search.job, run.search.trials).decode())))[
            "TrainingJobDefinitionName"
        ]
        == "deep-trees"
    )
    columns = results_table(run.search.job, run.search.trials).columns
    assert [str(column.header) for column in columns][1] == "Definition"


def test_report_tells_of_the_definition_that_won(monkeypatch: pytest.MonkeyPatch) -> None:
    linear = {
        "DefinitionName": "linear",
        "Algorithm": "linear-learner",
        "Channels": {name: f"s3://data-bucket/{name}/" for name in ("train", "validation")},
    }
    document = {"TrainingJobDefinitions": [{"DefinitionName": "trees"}, linear]}
    summaries = lesson_trials(scored=4, failed=0)
    for summary in summaries:
        summary["TrainingJobDefinitionName"] = "linear"
    run, data = make_run(summaries), store()
    for name in ("train", "validation"):
        data.objects[f"s3://data-bucket/{name}/rows.csv"] = ROWS
    image = {
        "training_image": image_uri("linear-learner", "1", "eu-west-1"),
        "hyper_parameters": {"predictor_type": "binary_classifier"},
    }
    won = replace(
        run,
        plan=make_plan(document, data=data),
        winner=run.winner.model_copy(update=image),
    )
    text = page_without_script(won, monkeypatch)
    assert "<dt>Learning objective</dt><dd>binary_classifier</dd>" in text
    assert "<dd>s3://data-bucket/train/</dd>" in text
    assert "Learning objective</dt><dd>binary:logistic" in page_without_script(run, monkeypatch)


def test_report_tells_a_cold_start_and_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run()
    outcome = WarmStartOutcome(started="Cold", reason="There is no tuning job monday.")
    cold = replace(run, plan=run.plan.model_copy(update={"warm_start": outcome}))
    assert "From nothing. There is no tuning job monday." in page_without_script(cold, monkeypatch)
    assert "Warm start" not in page_without_script(run, monkeypatch)
