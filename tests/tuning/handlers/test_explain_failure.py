"""ExplainFailure tells what was cleaned up, and why the training jobs failed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from botocore.exceptions import ClientError
from tuning.aws import tuning_jobs
from tuning.handlers import explain_failure
from tuning.trials.trials import Trial

from tests.tuning.causes import of_job
from tests.tuning.lambda_context import CONTEXT
from tests.tuning.plans import EXECUTION
from tests.tuning.recorded import JOB, trial_summary

NO_TRIAL = {
    "State": "RunTuning",
    "Error": "States.TaskFailed",
    "Cause": of_job(
        HyperParameterTuningJobStatus="Failed", FailureReason="No training job succeeded."
    ),
}
EVENT = {
    "Progress": {"ExecutionId": EXECUTION.id, "Failure": NO_TRIAL},
    "Restoration": {},
    "Cleaned": {"Stopped": [], "Deleted": ["retune-261124-aaaaaaaa-00"]},
}


def test_handler_tells_what_was_cleaned_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tuning_jobs, "read_trials", lambda name, secrets: {JOB: []}[name])
    reason = explain_failure.handler(EVENT, CONTEXT)["Reason"]
    assert "Deleted retune-261124-aaaaaaaa-00." in reason


def test_handler_adds_why_the_trials_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    reason = "AlgorithmError: label must be in [0,1]"
    trials = [Trial.parse(trial_summary(n, FailureReason=reason)) for n in (1, 2)]
    monkeypatch.setattr(tuning_jobs, "read_trials", lambda name, secrets: {JOB: trials}[name])
    explained = explain_failure.handler(EVENT, CONTEXT)
    assert explained["Outcome"] == "NoTrialSucceeded"
    assert f"- 2 training jobs: {reason}" in explained["Reason"]


def test_no_capacity_for_most_trials_is_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    reasons = ["AlgorithmError: x", *["CapacityError: Unable to provision"] * 2]
    trials = [Trial.parse(trial_summary(n, FailureReason=r)) for n, r in enumerate(reasons, 1)]
    monkeypatch.setattr(tuning_jobs, "read_trials", lambda name, secrets: {JOB: trials}[name])
    explained = explain_failure.handler(EVENT, CONTEXT)
    assert explained["Outcome"] == "LimitReached"
    assert "- 2 training jobs: CapacityError: Unable to provision" in explained["Reason"]


def test_handler_adds_that_trials_were_stopped_without_a_metric(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stopped, early = (trial_summary(1, value, TrainingJobStatus="Stopped") for value in (None, 0.7))
    trials = [Trial.parse(summary) for summary in (stopped, early)]
    monkeypatch.setattr(tuning_jobs, "read_trials", lambda name, secrets: {JOB: trials}[name])
    reason = explain_failure.handler(EVENT, CONTEXT)["Reason"]
    assert "- 1 training job: stopped before it had a metric" in reason


def test_handler_keeps_the_first_reason_when_trials_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def denied(name: str, secrets: Sequence[str]) -> list[Trial]:
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "List")

    monkeypatch.setattr(tuning_jobs, "read_trials", denied)
    explained = explain_failure.handler(EVENT, CONTEXT)
    assert explained["Outcome"] == "NoTrialSucceeded"
    assert "No training job succeeded." in explained["Reason"]
    assert "could not be read: An error occurred (AccessDenied)" in explained["Reason"]
