"""A tuning job with several training job definitions, as the report and the command line see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from tuning.report.page import render
from tuning.trials import TuningJob

from tests.tuning.report_runs import lesson_trials, make_run


def range_(low, high):
    return {"Name": "eta", "MinValue": low, "MaxValue": high, "ScalingType": "Linear"}


def definition(metric, low, high):
    return {
        "TuningObjective": {"Type": "Maximize", "MetricName": metric},
        "HyperParameterRanges": {"ContinuousParameterRanges": [range_(low, high)]},
    }


def test_objective_is_the_first_definitions_and_ranges_hold_all_of_them():
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


def test_report_of_trials_that_tuned_different_hyperparameters():
    summaries = lesson_trials()
    for summary in summaries[::2]:
        del summary["TunedHyperParameters"]["gamma"]
    run = make_run(summaries)
    text = render(run, {}).decode()
    assert "Parallel coordinates" in text
    assert "gamma" in text


def test_report_tells_a_cold_start_and_its_reason():
    run = make_run()
    outcome = {"Started": "Cold", "Reason": "There is no tuning job monday."}
    cold = replace(run, plan={**run.plan, "WarmStart": outcome})
    assert "none: There is no tuning job monday." in render(cold, {}).decode()
    assert "Warm start" not in render(run, {}).decode()
