"""Training jobs of a scenario's own, of SageMaker's built-in algorithms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuning.algorithms.images import image_uri

from retune.acceptance.stage import INSTANCE, Stage

BINARY = {"objective": "binary:logistic", "num_round": "5"}


def trained(
    stage: Stage,
    channels: Mapping[str, str],
    hyperparameters: Mapping[str, str],
    *,
    algorithm: tuple[str, str] = ("xgboost", "3.0-5"),
    mode: str = "File",
) -> dict[str, Any]:
    """DescribeTrainingJob of a job on CSV that has ended."""
    name, sagemaker = stage.name("train"), stage.client("sagemaker")
    sagemaker.create_training_job(
        TrainingJobName=name,
        RoleArn=stage.training_role,
        AlgorithmSpecification={
            "TrainingImage": image_uri(*algorithm, stage.aws.region or ""),
            "TrainingInputMode": mode,
        },
        HyperParameters=dict(hyperparameters),
        InputDataConfig=[_channel(channel, uri) for channel, uri in channels.items()],
        OutputDataConfig={"S3OutputPath": f"s3://{stage.stack.bucket}/runs/acceptance/training/"},
        ResourceConfig={"InstanceType": INSTANCE, "InstanceCount": 1, "VolumeSizeInGB": 10},
        StoppingCondition={"MaxRuntimeInSeconds": 900},
    )

    def look() -> dict[str, Any] | None:
        found: dict[str, Any] = sagemaker.describe_training_job(TrainingJobName=name)
        return None if found["TrainingJobStatus"] in ("InProgress", "Stopping") else found

    return stage.until(f"the training job {name}", look)


def _channel(name: str, uri: str) -> dict[str, Any]:
    source = {"S3DataType": "S3Prefix", "S3Uri": uri, "S3DataDistributionType": "FullyReplicated"}
    return {"ChannelName": name, "ContentType": "text/csv", "DataSource": {"S3DataSource": source}}
