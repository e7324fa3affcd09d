"""SelectBest: the candidates of a tuning job. tests/tuning/test_selection.py has its failures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.stub import Stubber
from tuning.handlers.select_best import handler

from tests.tuning.account import Account
from tests.tuning.lambda_context import CONTEXT
from tests.tuning.recorded import JOB, training_job, trial_summary, tuning_job

TRIALS = [trial_summary(number, value) for number, value in enumerate((0.86, 0.91, 0.9), start=1)]
FIRST, BEST, SECOND = (trial["TrainingJobName"] for trial in TRIALS)


@pytest.fixture
def sagemaker(account: Account) -> Iterator[Stubber]:
    """Answers for a tuning job with three scored trials, which moto cannot list."""
    with Stubber(account.client("sagemaker")) as stub:
        described = {"HyperParameterTuningJobName": JOB}
        stub.add_response("describe_hyper_parameter_tuning_job", tuning_job(BEST), described)
        operation = "list_training_jobs_for_hyper_parameter_tuning_job"
        stub.add_response(operation, {"TrainingJobSummaries": TRIALS})
        yield stub


def describes(stub: Stubber, *jobs: dict[str, Any]) -> None:
    for job in jobs:
        asked = {"TrainingJobName": job["TrainingJobName"]}
        stub.add_response("describe_training_job", job, asked)


def test_best_training_job_is_the_only_candidate_unless_more_are_asked_for(
    sagemaker: Stubber,
) -> None:
    describes(sagemaker, training_job(BEST))
    winner = handler({"TuningJobName": JOB, "TopK": 1}, CONTEXT)
    assert (winner["TrainingJobName"], winner["TuningJobName"]) == (BEST, JOB)
    assert [candidate["TrainingJobName"] for candidate in winner["Candidates"]] == [BEST]


def test_candidates_are_the_best_ones_that_left_a_model(sagemaker: Stubber) -> None:
    nothing = {"S3ModelArtifacts": ""}
    stopped = training_job(SECOND, TrainingJobStatus="Stopped", ModelArtifacts=nothing)
    describes(sagemaker, training_job(BEST), stopped, training_job(FIRST))
    winner = handler({"TuningJobName": JOB, "TopK": 3}, CONTEXT)
    found = [candidate["TrainingJobName"] for candidate in winner["Candidates"]]
    assert found == [BEST, FIRST]


def test_log_tells_no_hyperparameter(sagemaker: Stubber, caplog: pytest.LogCaptureFixture) -> None:
    parameters = {"password": "marker-7f3a9c"}
    describes(sagemaker, training_job(BEST, HyperParameters=parameters))
    with caplog.at_level("INFO"):
        handler({"TuningJobName": JOB, "TopK": 1}, CONTEXT)
    told = str([vars(record) for record in caplog.records])
    assert BEST in told
    assert "marker-7f3a9c" not in told
