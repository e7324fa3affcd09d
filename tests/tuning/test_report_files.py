"""trials.csv, trials.json, summary.json and the handler that writes them."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from tuning.aws import objects, tuning_jobs
from tuning.aws.endpoint_folder import EndpointFolder
from tuning.aws.shared_document import Overtaken
from tuning.data.s3_location import S3Location
from tuning.handlers import write_report
from tuning.report.all_files import summary
from tuning.report.files import trials_csv, trials_json
from tuning.report.run import CompletedRun
from tuning.variables.last_run import EndpointTuningJob, EndpointTuningJobs
from tuning.variables.plan import Plan

from tests.tuning.lambda_context import CONTEXT
from tests.tuning.recorded import JOB
from tests.tuning.report_runs import lesson_trials, make_run, payload


@pytest.fixture(scope="module")
def run() -> CompletedRun:
    return make_run(lesson_trials(scored=4, failed=1))


def test_csv_has_a_row_a_trial_best_first(run: CompletedRun) -> None:
    rows = list(csv.DictReader(io.StringIO(trials_csv(run.search.job, run.search.trials).decode())))
    assert list(rows[0]) == [
        "TrainingJobName",
        "TrainingJobStatus",
        "max_depth",
        "eta",
        "gamma",
        "validation:auc",
        "TrainingSeconds",
        "FailureReason",
    ]
    scores = [float(row["validation:auc"]) for row in rows[:-1]]
    assert scores == sorted(scores, reverse=True)
    assert (rows[-1]["validation:auc"], rows[-1]["TrainingJobStatus"]) == ("", "Failed")
    assert "label must be" in rows[-1]["FailureReason"]


def test_csv_starts_with_the_least_value_when_minimising() -> None:
    run = make_run(lesson_trials(scored=4), objective_type="Minimize")
    rows = list(csv.DictReader(io.StringIO(trials_csv(run.search.job, run.search.trials).decode())))
    scores = [float(row["validation:auc"]) for row in rows[:-1]]
    assert scores == sorted(scores)


def test_json_keeps_sagemakers_names_and_exact_values(run: CompletedRun) -> None:
    documents = json.loads(trials_json(run.search.job, run.search.trials))
    assert len(documents) == 5
    best, failed = documents[0], documents[-1]
    assert best["TrainingJobName"] == run.best_training_job
    assert best["FinalMetric"] == {"MetricName": "validation:auc", "Value": run.winner.value}
    assert best["TunedHyperParameters"] == run.winner.tuned_hyper_parameters
    assert best["TrainingStartTime"].endswith("+00:00")
    assert "FailureReason" not in best
    assert failed["FinalMetric"]["Value"] is None
    assert "label must be" in failed["FailureReason"]


def test_summary_tells_what_was_deployed_and_where_the_files_are(run: CompletedRun) -> None:
    found = summary(run).to_document()
    assert (found["Outcome"], found["EndpointName"]) == ("Deployed", "retune")
    assert found["BestTrainingJob"] == found["ModelName"] == run.search.trials[0].name
    assert found["Files"]["Report"] == "s3://data-bucket/runs/monday/report.html"
    assert found["Predictions"][0] == {"Actual": 1.0, "Predicted": 0.73052}


def test_summary_tells_a_retrained_model_from_the_best_trial() -> None:
    found = summary(make_run(retrained=True)).to_document()
    assert found["ModelName"] == "retune-retrained-00" != found["BestTrainingJob"]


@pytest.mark.usefixtures("account")
def test_handler_writes_every_file_and_returns_the_summary(
    run: CompletedRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: dict[str, tuple[bytes, str]] = {}

    def write(location: S3Location, content: bytes, content_type: str) -> None:
        written[str(location)] = (content, content_type)

    monkeypatch.setattr(tuning_jobs, "read_tuning_job", {JOB: run.search.job}.__getitem__)
    trials = {JOB: list(run.search.trials)}
    monkeypatch.setattr(tuning_jobs, "read_trials", lambda name, secrets: trials[name])
    monkeypatch.setattr(objects, "write_object", write)
    event: dict[str, Any] = payload(run.search.trials[0], "Maximize")
    output = write_report.handler(event, CONTEXT)
    endpoint = "s3://data-bucket/endpoints/retune"
    assert {*output["Files"].values(), f"{endpoint}/last-run.json"} == set(written)
    (kept,) = EndpointFolder("data-bucket", "retune").tuning_jobs().tuning_jobs
    assert kept == EndpointTuningJob(name=JOB, data=Plan.parse(event["Plan"]).fingerprint.data)
    content, _ = written["s3://data-bucket/runs/monday/summary.json"]
    assert json.loads(content) == output
    assert written["s3://data-bucket/runs/monday/report.html"][1].startswith("text/html")


def test_an_endpoints_newest_tuning_jobs_are_kept_each_once() -> None:
    known = EndpointTuningJobs()
    for name in ("a", "b", "c", "b"):
        known = known.with_newest(EndpointTuningJob(name=name), kept=2)
    assert [job.name for job in known.tuning_jobs] == ["b", "c"]


@pytest.mark.usefixtures("account")
def test_tuning_job_that_cannot_be_kept_undoes_no_deployment(
    run: CompletedRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(folder: EndpointFolder, job: EndpointTuningJob) -> None:
        raise Overtaken

    monkeypatch.setattr(tuning_jobs, "read_tuning_job", {JOB: run.search.job}.__getitem__)
    monkeypatch.setattr(tuning_jobs, "read_trials", lambda name, secrets: list(run.search.trials))
    monkeypatch.setattr(EndpointFolder, "keep_tuning_job", overtaken)
    event = payload(run.search.trials[0], "Maximize")
    assert write_report.handler(event, CONTEXT)["Outcome"] == "Deployed"
