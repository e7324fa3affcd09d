"""SelectBest: outcomes of a tuning job told apart, and what the winner hands on."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.stub import Stubber
from tuning.aws import tuning_jobs
from tuning.errors import NoUsableTrial, TuningFailed, TuningStopped
from tuning.handlers import select_best
from tuning.trials.selection import describe_winner, find_best, find_candidates
from tuning.trials.trials import Trial, TuningJob, best_first

from tests.tuning.lambda_context import CONTEXT
from tests.tuning.offline import offline_client
from tests.tuning.recorded import IMAGE, JOB, training_job, trial_summary, tuning_job

SCORED, BETTER = trial_summary(1, 0.86), trial_summary(2, 0.91)
UNFIT = "AlgorithmError: label must be in [0,1] for logistic regression. Stack trace: [bt] 0x7f"
FAILED = trial_summary(3, FailureReason=UNFIT + "01")


def parse(*summaries: dict[str, Any]) -> list[Trial]:
    return [Trial.parse(summary) for summary in summaries]


def test_trial_without_a_metric_is_a_trial() -> None:
    (trial,) = parse(FAILED)
    assert (trial.value, trial.status, trial.seconds) == (None, "Failed", 45)


def test_trial_that_never_started_has_no_duration() -> None:
    summary = {k: v for k, v in FAILED.items() if k != "TrainingStartTime"}
    assert parse(summary)[0].seconds is None


@pytest.mark.parametrize(("maximizes", "order"), [(True, [2, 1, 0]), (False, [1, 2, 0])])
def test_best_first_puts_trials_without_a_metric_last(maximizes: bool, order: list[int]) -> None:
    trials = parse(FAILED, SCORED, BETTER)
    assert best_first(trials, maximizes=maximizes) == [trials[index] for index in order]


@pytest.mark.parametrize("status", ["Completed", "Stopped"])
def test_find_best_takes_the_job_that_sagemaker_names(status: str) -> None:
    job = tuning_job(SCORED["TrainingJobName"], HyperParameterTuningJobStatus=status)
    best = find_best(TuningJob.parse(job), parse(SCORED, BETTER))
    assert best == SCORED["TrainingJobName"]


@pytest.mark.parametrize(("top_k", "found"), [(1, [0]), (2, [0, 1]), (9, [0, 1])])
def test_candidates_are_the_scored_trials_with_sagemakers_best_first(
    top_k: int, found: list[int]
) -> None:
    scored = [SCORED["TrainingJobName"], BETTER["TrainingJobName"]]
    job = TuningJob.parse(tuning_job(scored[0]))
    candidates = find_candidates(job, parse(FAILED, BETTER, SCORED), top_k)
    assert candidates == [scored[index] for index in found]


def test_find_best_groups_the_reasons_when_none_succeeded() -> None:
    """Addresses in a stack trace do not make two reasons of one."""
    job = TuningJob.parse(tuning_job(FailureReason="No training job succeeded after 5 attempts."))
    alike = trial_summary(4, FailureReason=UNFIT + "02")
    other = trial_summary(5, FailureReason="CapacityError: no instances")
    with pytest.raises(NoUsableTrial) as raised:
        find_best(job, parse(FAILED, other, alike))
    text = str(raised.value)
    assert "of 3 training jobs 0 completed, 3 failed" in text
    assert "No training job succeeded after 5 attempts." in text
    assert "- 2 training jobs: AlgorithmError: label must be in [0,1]" in text
    assert text.endswith("- 1 training job: CapacityError: no instances")


def test_find_best_says_that_completed_jobs_reported_no_metric() -> None:
    silent = trial_summary(1, TrainingJobStatus="Completed")
    with pytest.raises(NoUsableTrial, match="None reported the metric validation:auc"):
        find_best(TuningJob.parse(tuning_job()), parse(silent))


def test_find_best_tells_a_stopped_job_from_a_failed_one() -> None:
    job = TuningJob.parse(tuning_job(HyperParameterTuningJobStatus="Stopped"))
    with pytest.raises(TuningStopped, match="0 failed, 1 were stopped"):
        find_best(job, parse(trial_summary(1, TrainingJobStatus="Stopped")))


def test_describe_winner_hands_on_what_later_states_need() -> None:
    name = BETTER["TrainingJobName"]
    job = TuningJob.parse(tuning_job(name))
    winner = describe_winner(job, parse(SCORED, BETTER), training_job(name))
    assert winner.hyper_parameters == {"objective": "binary:logistic", "eta": "0.1"}
    assert winner.tuned_hyper_parameters == BETTER["TunedHyperParameters"]
    assert winner.model_data_url.endswith(f"{name}/output/model.tar.gz")
    assert (winner.training_image, winner.value, winner.type) == (IMAGE, 0.91, "Maximize")


def test_describe_winner_refuses_a_winner_without_a_model() -> None:
    name = SCORED["TrainingJobName"]
    stopped = training_job(name, TrainingJobStatus="Stopped")
    del stopped["ModelArtifacts"]
    with pytest.raises(NoUsableTrial, match="left no model: it ended Stopped") as refused:
        describe_winner(TuningJob.parse(tuning_job(name)), parse(SCORED), stopped)
    remedy = str(refused.value)
    assert "Off, and another Strategy than Hyperband. XGBoost keeps the model" in remedy


def test_read_trials_reads_every_page(monkeypatch: pytest.MonkeyPatch) -> None:
    sagemaker = offline_client("sagemaker")
    monkeypatch.setattr(tuning_jobs, "client", lambda service: sagemaker)
    operation = "list_training_jobs_for_hyper_parameter_tuning_job"
    asked = {
        "HyperParameterTuningJobName": JOB,
        "SortBy": "CreationTime",
        "MaxResults": 100,
    }
    with Stubber(sagemaker) as stub:
        stub.add_response(operation, {"TrainingJobSummaries": [SCORED], "NextToken": "t"}, asked)
        stub.add_response(
            operation, {"TrainingJobSummaries": [FAILED]}, {**asked, "NextToken": "t"}
        )
        assert tuning_jobs.read_trials(JOB, ()) == parse(SCORED, FAILED)


def test_tuning_job_that_is_refused_fails_as_it_was_refused() -> None:
    cause = "No S3 objects found (Service: AmazonSageMaker; Error Code: ValidationException)"
    assert why_it_fails(cause) == cause


def test_tuning_job_that_nobody_stopped_fails_without_its_environment() -> None:
    described = tuning_job(
        HyperParameterTuningJobStatus="Failed", FailureReason="No training job succeeded."
    )
    described["TrainingJobDefinition"] = {"Environment": {"DB_PASSWORD": "marker-7f3a"}}
    told = why_it_fails(json.dumps(described, default=str))
    assert "marker-7f3a" not in told
    assert json.loads(told) == {
        "HyperParameterTuningJobName": JOB,
        "HyperParameterTuningJobStatus": "Failed",
        "FailureReason": "No training job succeeded.",
    }


def why_it_fails(cause: str) -> str:
    failure = {"Error": "States.TaskFailed", "Cause": cause}
    with pytest.raises(TuningFailed) as failed:
        select_best.handler({"Failure": failure, "TopK": 1}, CONTEXT)
    return str(failed.value)


def test_call_without_an_answer_is_told_by_the_name_of_its_error() -> None:
    error = "SageMaker.SdkClientException"
    failure = {"Error": error, "Cause": "The connection was closed."}
    with pytest.raises(TuningFailed, match=f"^{error}: The connection was closed.$"):
        select_best.handler({"Failure": failure, "TopK": 1}, CONTEXT)


def test_tuning_job_that_somebody_stopped_may_have_a_best(monkeypatch: pytest.MonkeyPatch) -> None:
    job = tuning_job(
        trial_summary(2, 0.91)["TrainingJobName"], HyperParameterTuningJobStatus="Stopped"
    )
    monkeypatch.setattr(tuning_jobs, "read_tuning_job", lambda name: TuningJob.parse(job))
    monkeypatch.setattr(tuning_jobs, "read_trials", lambda name, secrets: parse(SCORED, BETTER))
    monkeypatch.setattr(tuning_jobs, "describe_training_job", lambda name: training_job(name))
    failure = {"Error": "States.TaskFailed", "Cause": json.dumps(job, default=str)}
    winner = select_best.handler({"Failure": failure, "TopK": 1}, CONTEXT)
    assert winner["TuningJobName"] == JOB
    assert winner["TrainingJobName"] == job["BestTrainingJob"]["TrainingJobName"]
