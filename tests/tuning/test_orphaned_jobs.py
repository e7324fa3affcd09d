"""Jobs that run on for executions that are over are stopped; those of the others are not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from tuning.aws import orphaned_jobs, pagination

from tests.tuning.offline import offline_client

ACCOUNT = "eu-west-1:123456789012"
MACHINE = f"arn:aws:states:{ACCOUNT}:stateMachine:retune"
RUNS, OVER = (f"arn:aws:states:{ACCOUNT}:execution:retune:{name}" for name in ("runs", "over"))
SUMMARY = {"CreationTime": 0, "LastModifiedTime": 0}
TUNING = {
    "HyperParameterTuningJobStatus": "InProgress",
    "Strategy": "Bayesian",
    "ObjectiveStatusCounters": {},
    "TrainingJobStatusCounters": {},
}


@pytest.fixture
def sagemaker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stubber]:
    client = offline_client("sagemaker")
    monkeypatch.setattr(pagination, "client", {"sagemaker": client}.__getitem__)
    monkeypatch.setattr(orphaned_jobs, "client", {"sagemaker": client}.__getitem__)
    monkeypatch.setattr(orphaned_jobs, "running_executions", lambda state_machine_arn: [RUNS])
    with Stubber(client) as stub:
        yield stub


def running(stub: Stubber, kind: str, operation: str, *names: str) -> None:
    """What the list of one kind of job answers next."""
    arn = f"arn:aws:sagemaker:{ACCOUNT}:job"
    jobs = [
        {
            f"{kind}Name": name,
            f"{kind}Arn": f"{arn}/{name}",
            **SUMMARY,
            **(TUNING if kind == "HyperParameterTuningJob" else {f"{kind}Status": "InProgress"}),
        }
        for name in names
    ]
    stub.add_response(f"list_{operation}s", {f"{kind}Summaries": jobs})


def tagged(stub: Stubber, prefix: str, execution: str) -> None:
    """The tags that are answered next."""
    tags = {"retune:prefix": prefix, "retune:execution": execution}
    stub.add_response("list_tags", {"Tags": [{"Key": k, "Value": v} for k, v in tags.items()]})


def test_only_jobs_of_executions_that_are_over_are_stopped(sagemaker: Stubber) -> None:
    tuning_jobs = ("retune-over", "retune-runs", "retune-others")
    running(sagemaker, "HyperParameterTuningJob", "hyper_parameter_tuning_job", *tuning_jobs)
    running(sagemaker, "TrainingJob", "training_job", "retune-over-001-a")
    running(sagemaker, "TransformJob", "transform_job")
    running(sagemaker, "ProcessingJob", "processing_job")
    tagged(sagemaker, "retune", OVER)
    tagged(sagemaker, "retune", RUNS)
    tagged(sagemaker, "retune-others", OVER)  # a name prefix that begins with this one
    tagged(sagemaker, "retune", OVER)
    sagemaker.add_response(
        "stop_hyper_parameter_tuning_job", {}, {"HyperParameterTuningJobName": "retune-over"}
    )
    assert orphaned_jobs.stop_orphaned_jobs("retune", MACHINE, "this one") == ["retune-over"]
    sagemaker.assert_no_pending_responses()


def test_execution_that_asks_has_no_need_of_its_jobs(sagemaker: Stubber) -> None:
    running(sagemaker, "HyperParameterTuningJob", "hyper_parameter_tuning_job")
    running(sagemaker, "TrainingJob", "training_job", "retune-runs-best")
    running(sagemaker, "TransformJob", "transform_job")
    running(sagemaker, "ProcessingJob", "processing_job")
    tagged(sagemaker, "retune", RUNS)
    sagemaker.add_response("stop_training_job", {}, {"TrainingJobName": "retune-runs-best"})
    assert orphaned_jobs.stop_orphaned_jobs("retune", MACHINE, RUNS) == ["retune-runs-best"]


def test_processing_job_of_an_execution_that_is_over_is_stopped(sagemaker: Stubber) -> None:
    running(sagemaker, "HyperParameterTuningJob", "hyper_parameter_tuning_job")
    running(sagemaker, "TrainingJob", "training_job")
    running(sagemaker, "TransformJob", "transform_job")
    running(sagemaker, "ProcessingJob", "processing_job", "retune-over-prepare-00")
    tagged(sagemaker, "retune", OVER)
    named = {"ProcessingJobName": "retune-over-prepare-00"}
    sagemaker.add_response("stop_processing_job", {}, named)
    assert orphaned_jobs.stop_orphaned_jobs("retune", MACHINE, "this one") == [*named.values()]


ENDED = {
    "TrainingJobArn": f"arn:aws:sagemaker:{ACCOUNT}:job/retune-over-best",
    "TrainingJobName": "retune-over-best",
    "SecondaryStatus": "Completed",
    "ModelArtifacts": {"S3ModelArtifacts": "s3://bucket/model.tar.gz"},
    "AlgorithmSpecification": {"TrainingInputMode": "File"},
    "ResourceConfig": {"VolumeSizeInGB": 10},
    "StoppingCondition": {},
    "CreationTime": 0,
}


def cannot_be_stopped(stub: Stubber, status: str) -> None:
    """A training job that is listed as running, and has this status when it is to be stopped."""
    running(stub, "HyperParameterTuningJob", "hyper_parameter_tuning_job")
    running(stub, "TrainingJob", "training_job", "retune-over-best")
    stub.add_client_error("stop_training_job", "ValidationException", "The job is not running.")
    stub.add_response("describe_training_job", {**ENDED, "TrainingJobStatus": status})


def test_job_that_has_just_ended_by_itself_needs_no_stop(sagemaker: Stubber) -> None:
    cannot_be_stopped(sagemaker, "Completed")
    running(sagemaker, "TransformJob", "transform_job")
    running(sagemaker, "ProcessingJob", "processing_job")
    assert orphaned_jobs.stop_jobs("retune-over") == ["retune-over-best"]


def test_job_that_goes_on_although_it_was_to_be_stopped_is_told(sagemaker: Stubber) -> None:
    cannot_be_stopped(sagemaker, "InProgress")
    with pytest.raises(ClientError, match="not running"):
        orphaned_jobs.stop_jobs("retune-over")
