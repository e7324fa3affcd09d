"""The AWS command line, unmodified: create, wait, list in pages, stop."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.local_sagemaker.server import IMAGE

Aws = Callable[..., Any]


@pytest.fixture(scope="module")
def aws(local_aws: LocalAws) -> Aws:
    """aws("list-models") is `aws sagemaker list-models`, with its JSON as the result."""

    def run(*arguments: str, **request: Any) -> Any:
        given = ["--cli-input-json", json.dumps(request)] if request else []
        done = subprocess.run(
            ["aws", "sagemaker", *arguments, *given, "--output", "json"],
            env=local_aws.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout) if done.stdout.strip() else None

    return run


def definition(bucket: str, role: str) -> dict[str, Any]:
    sources = {name: f"s3://{bucket}/data/{name}/" for name in ("train", "validation")}
    return {
        "AlgorithmSpecification": {
            "TrainingImage": IMAGE,
            "TrainingInputMode": "File",
        },
        "RoleArn": role,
        "InputDataConfig": [
            {
                "ChannelName": name,
                "ContentType": "text/csv",
                "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": uri}},
            }
            for name, uri in sources.items()
        ],
        "OutputDataConfig": {"S3OutputPath": f"s3://{bucket}/output"},
        "ResourceConfig": {
            "InstanceType": "ml.m5.large",
            "InstanceCount": 1,
            "VolumeSizeInGB": 10,
        },
        "StoppingCondition": {"MaxRuntimeInSeconds": 600},
    }


@pytest.fixture(scope="module")
def tuning_job(aws: Aws, bucket: str, role: str, local_aws: LocalAws) -> str:
    ranges = [{"Name": "eta", "MinValue": "0.1", "MaxValue": "0.5"}]
    static = {"objective": "binary:logistic", "num_round": "5"}
    aws(
        "create-hyper-parameter-tuning-job",
        HyperParameterTuningJobName="from-the-cli",
        HyperParameterTuningJobConfig={
            "Strategy": "Random",
            "HyperParameterTuningJobObjective": {
                "Type": "Maximize",
                "MetricName": "validation:auc",
            },
            "ResourceLimits": {"MaxNumberOfTrainingJobs": 3, "MaxParallelTrainingJobs": 3},
            "ParameterRanges": {"ContinuousParameterRanges": ranges},
        },
        TrainingJobDefinition=definition(bucket, role) | {"StaticHyperParameters": static},
    )
    client = local_aws.client("sagemaker")
    waiter = client.get_waiter("training_job_completed_or_stopped")
    jobs = client.list_training_jobs(NameContains="from-the-cli")["TrainingJobSummaries"]
    for job in jobs:
        config = {"Delay": 1, "MaxAttempts": 60}
        waiter.wait(TrainingJobName=job["TrainingJobName"], WaiterConfig=config)
    return "from-the-cli"


def test_training_job_waiter_returns(aws: Aws, tuning_job: str) -> None:
    (job,) = aws("list-training-jobs", "--name-contains", tuning_job, "--max-items", "1")[
        "TrainingJobSummaries"
    ]
    name = job["TrainingJobName"]
    aws("wait", "training-job-completed-or-stopped", "--training-job-name", name)
    described = aws("describe-training-job", "--training-job-name", name)
    assert described["TrainingJobStatus"] == "Completed"


def test_pages_are_followed(aws: Aws, tuning_job: str) -> None:
    listed = aws(
        "list-training-jobs-for-hyper-parameter-tuning-job",
        "--hyper-parameter-tuning-job-name",
        tuning_job,
        "--page-size",
        "1",
        "--sort-by",
        "FinalObjectiveMetricValue",
        "--sort-order",
        "Descending",
    )["TrainingJobSummaries"]
    metric = "FinalHyperParameterTuningJobObjectiveMetric"
    values = [job[metric]["Value"] for job in listed]
    assert len(values) == 3
    assert values == sorted(values, reverse=True)


def test_endpoint_waiters_return(aws: Aws, tuning_job: str, role: str, local_aws: LocalAws) -> None:
    best = aws(
        "describe-hyper-parameter-tuning-job", "--hyper-parameter-tuning-job-name", tuning_job
    )["BestTrainingJob"]["TrainingJobName"]
    data = aws("describe-training-job", "--training-job-name", best)["ModelArtifacts"]
    container = {
        "Image": IMAGE,
        "ModelDataUrl": data["S3ModelArtifacts"],
    }
    aws("create-model", ModelName=best, ExecutionRoleArn=role, PrimaryContainer=container)
    variant = {
        "VariantName": "all",
        "ModelName": best,
        "InitialInstanceCount": 1,
        "InstanceType": "ml.m5.large",
    }
    aws("create-endpoint-config", EndpointConfigName=best, ProductionVariants=[variant])
    aws("create-endpoint", EndpointName=best, EndpointConfigName=best)
    # The command line looks every half minute: let it find the endpoint as it wants it.
    client, config = local_aws.client("sagemaker"), {"Delay": 1, "MaxAttempts": 60}
    client.get_waiter("endpoint_in_service").wait(EndpointName=best, WaiterConfig=config)
    aws("wait", "endpoint-in-service", "--endpoint-name", best)
    aws("delete-endpoint", "--endpoint-name", best)
    client.get_waiter("endpoint_deleted").wait(EndpointName=best, WaiterConfig=config)
    aws("wait", "endpoint-deleted", "--endpoint-name", best)
