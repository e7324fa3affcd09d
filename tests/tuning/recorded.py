"""Answers of SageMaker as boto3 hands them over, each checked against botocore's output shape."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import botocore.session
from botocore.model import ServiceModel, Shape
from botocore.validate import validate_parameters

STARTED = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
JOB = "retune-260504-0a1b2c3d-00"
ARN = "arn:aws:sagemaker:eu-west-1:123456789012:"
IMAGE = "141502667606.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-xgboost:3.0-5"
RANGES: dict[str, Any] = {
    "IntegerParameterRanges": [
        {"Name": "max_depth", "MinValue": "3", "MaxValue": "10", "ScalingType": "Linear"}
    ],
    "ContinuousParameterRanges": [
        {"Name": "eta", "MinValue": "0.01", "MaxValue": "0.3", "ScalingType": "Logarithmic"},
        {"Name": "gamma", "MinValue": "0", "MaxValue": "5", "ScalingType": "Linear"},
    ],
    "CategoricalParameterRanges": [],
}


@cache
def _service() -> ServiceModel:
    return botocore.session.get_session().get_service_model("sagemaker")


def _checked(answer: dict[str, Any], shape: Shape | None) -> dict[str, Any]:
    assert shape is not None
    validate_parameters(answer, shape)
    return answer


def trial_summary(number: int, value: float | None = None, **members: Any) -> dict[str, Any]:
    """A completed trial when it has a value, otherwise a failed one."""
    created = STARTED + timedelta(minutes=number)
    name = f"{JOB}-{number:03d}-{number:08x}"
    summary: dict[str, Any] = {
        "TrainingJobName": name,
        "TrainingJobArn": f"{ARN}training-job/{name}",
        "TrainingJobStatus": "Failed" if value is None else "Completed",
        "CreationTime": created,
        "TrainingStartTime": created + timedelta(seconds=20),
        "TrainingEndTime": created + timedelta(seconds=65),
        "TunedHyperParameters": {"max_depth": "5", "eta": "0.1", "gamma": "0.5"},
        "ObjectiveStatus": "Failed" if value is None else "Succeeded",
    }
    if value is not None:
        summary["FinalHyperParameterTuningJobObjectiveMetric"] = {
            "MetricName": "validation:auc",
            "Value": value,
        }
    return _checked(
        {**summary, **members}, _service().shape_for("HyperParameterTrainingJobSummary")
    )


def tuning_job(best: str | None = None, **members: Any) -> dict[str, Any]:
    """A completed tuning job of the lesson's search space."""
    config = {
        "Strategy": "Bayesian",
        "HyperParameterTuningJobObjective": {"Type": "Maximize", "MetricName": "validation:auc"},
        "ResourceLimits": {"MaxNumberOfTrainingJobs": 20, "MaxParallelTrainingJobs": 3},
        "ParameterRanges": RANGES,
    }
    description: dict[str, Any] = {
        "HyperParameterTuningJobName": JOB,
        "HyperParameterTuningJobArn": f"{ARN}hyper-parameter-tuning-job/{JOB}",
        "HyperParameterTuningJobConfig": config,
        "HyperParameterTuningJobStatus": "Completed",
        "CreationTime": STARTED,
        "HyperParameterTuningEndTime": STARTED + timedelta(minutes=25),
        "TrainingJobStatusCounters": {
            "Completed": 19,
            "InProgress": 0,
            "RetryableError": 0,
            "NonRetryableError": 1,
            "Stopped": 0,
        },
        "ObjectiveStatusCounters": {"Succeeded": 19, "Pending": 0, "Failed": 1},
    }
    if best is not None:
        description["BestTrainingJob"] = trial_summary(1, 0.9, TrainingJobName=best)
    shape = _service().operation_model("DescribeHyperParameterTuningJob").output_shape
    return _checked({**description, **members}, shape)


def training_job(name: str, **members: Any) -> Any:
    """A training job with the static, the tuned and AMT's own hyperparameter."""
    description: dict[str, Any] = {
        "TrainingJobName": name,
        "TrainingJobArn": f"{ARN}training-job/{name}",
        "ModelArtifacts": {"S3ModelArtifacts": f"s3://bucket/runs/r/{name}/output/model.tar.gz"},
        "TrainingJobStatus": "Completed",
        "SecondaryStatus": "Completed",
        "HyperParameters": {
            "objective": "binary:logistic",
            "eta": "0.1",
            "_tuning_objective_metric": "validation:auc",
        },
        "AlgorithmSpecification": {"TrainingImage": IMAGE, "TrainingInputMode": "File"},
        "ResourceConfig": {"InstanceType": "ml.m5.large", "VolumeSizeInGB": 10},
        "StoppingCondition": {"MaxRuntimeInSeconds": 3600},
        "CreationTime": STARTED,
    }
    shape = _service().operation_model("DescribeTrainingJob").output_shape
    return _checked({**description, **members}, shape)
