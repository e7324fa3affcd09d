"""Which earlier tuning jobs there are."""

from __future__ import annotations

from botocore.stub import Stubber
from tuning.aws import tuning_jobs

from tests.tuning.account import Account

ARN = "arn:aws:sagemaker:eu-central-1:123456789012:hyper-parameter-tuning-job/retune"


def test_tuning_job_that_is_not_there_is_none(account: Account) -> None:
    code, words = "ResourceNotFound", "Amazon SageMaker can't find a tuning job"
    account.refuse("sagemaker", "DescribeHyperParameterTuningJob", code, words)
    assert tuning_jobs.describe_tuning_job("retune-gone") is None


def test_latest_tuning_jobs_are_those_that_ended_with_the_very_prefix(account: Account) -> None:
    listed = [
        ("retune-c", "InProgress"),
        ("retune-b", "Stopped"),
        ("not-retune-x", "Completed"),
        ("retune-a", "Completed"),
    ]
    summaries = [
        {
            "HyperParameterTuningJobName": name,
            "HyperParameterTuningJobArn": f"{ARN}-{name}",
            "HyperParameterTuningJobStatus": status,
            "Strategy": "Bayesian",
            "CreationTime": 0,
            "TrainingJobStatusCounters": {},
            "ObjectiveStatusCounters": {},
        }
        for name, status in listed
    ]
    with Stubber(account.client("sagemaker")) as stub:
        page = {"HyperParameterTuningJobSummaries": summaries}
        stub.add_response("list_hyper_parameter_tuning_jobs", page)
        assert tuning_jobs.latest_tuning_jobs("retune-", 2) == ["retune-b", "retune-a"]
