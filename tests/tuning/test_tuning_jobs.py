"""Which tuning jobs there are: an endpoint's earlier ones, and those of an execution."""

from __future__ import annotations

from typing import Any

from botocore.stub import Stubber
from tuning.aws import tuning_jobs

from tests.tuning.account import Account

ARN = "arn:aws:sagemaker:eu-central-1:123456789012:hyper-parameter-tuning-job/retune"


def summary(name: str, status: str, created: int = 0) -> dict[str, Any]:
    return {
        "HyperParameterTuningJobName": name,
        "HyperParameterTuningJobArn": f"{ARN}-{name}",
        "HyperParameterTuningJobStatus": status,
        "Strategy": "Bayesian",
        "CreationTime": created,
        "TrainingJobStatusCounters": {},
        "ObjectiveStatusCounters": {},
    }


def test_tuning_job_that_is_not_there_is_none(account: Account) -> None:
    code, words = "ResourceNotFound", "Amazon SageMaker can't find a tuning job"
    account.refuse("sagemaker", "DescribeHyperParameterTuningJob", code, words)
    assert tuning_jobs.describe_tuning_job("retune-gone") is None


def test_latest_tuning_jobs_are_those_that_runs_of_this_deployment_ended(account: Account) -> None:
    own = [f"retune-26112{day}-1a2b3c4d-00" for day in (3, 4, 5)]
    listed = [
        (own[2], "InProgress"),
        (own[1], "Stopped"),
        (f"not-{own[0]}", "Completed"),
        ("retune-prod-261124-1a2b3c4d-00", "Completed"),
        (own[0], "Completed"),
    ]
    with Stubber(account.client("sagemaker")) as stub:
        page = {"HyperParameterTuningJobSummaries": [summary(*entry) for entry in listed]}
        stub.add_response("list_hyper_parameter_tuning_jobs", page)
        assert tuning_jobs.latest_tuning_jobs("retune", 2) == [own[1], own[0]]


def test_tuning_job_of_an_execution_is_the_latest_of_its_attempts(account: Account) -> None:
    listed = [
        summary("retune-261124-aaaaaaaa-00", "Failed", created=1),
        summary("retune-261124-aaaaaaaa-10", "InProgress", created=3),
        summary("retune-261124-aaaaaaaa-01", "Stopped", created=2),
        summary("a-retune-261124-aaaaaaaa-00", "Completed", created=4),
    ]
    with Stubber(account.client("sagemaker")) as stub:
        for page in (listed, []):
            answer = {"HyperParameterTuningJobSummaries": page}
            stub.add_response("list_hyper_parameter_tuning_jobs", answer)
        name = "retune-261124-aaaaaaaa"
        assert tuning_jobs.latest_of_execution(name) == f"{name}-10"
        assert tuning_jobs.latest_of_execution(name) is None
