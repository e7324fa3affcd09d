"""How a training job runs: machines, limits, network, keys. Parts of the execution input.

Names, bounds and patterns are those of HyperParameterTrainingJobDefinition in SageMaker's API.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool

from tuning.execution_input.sagemaker_model import INTEGER, SageMakerModel

HOUR, DAY = 3600, 86_400  # seconds

InstanceType = Annotated[
    str,
    Field(
        pattern=r"^ml\.[a-z][a-z0-9-]*\.(medium|large|[0-9]*xlarge|metal)$",
        description="Instance type of SageMaker, such as ml.m5.large.",
        examples=["ml.m5.large"],
    ),
]
S3Uri = Annotated[
    str,
    Field(
        pattern=r"^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/.*$",
        max_length=1024,
        description="s3://bucket/folder/. End a folder with /: without it, S3 takes every key "
        "that begins so, `train` also train-old/.",
        examples=["s3://my-bucket/data/train/"],
    ),
]
KmsKeyId = Annotated[
    str,
    Field(
        pattern=r"^[a-zA-Z0-9:/_-]+$",
        max_length=2048,
        description="ID or ARN of a KMS key that the deployment setting retune:kms_key or "
        "retune:kms_keys grants.",
    ),
]
VpcResourceId = Annotated[str, Field(pattern=r"^[-0-9a-zA-Z]+$", max_length=32)]
EnvironmentName = Annotated[str, Field(pattern=r"^[a-zA-Z_][a-zA-Z0-9_]*$", max_length=512)]
EnvironmentValue = Annotated[str, Field(max_length=512)]
Environment = Annotated[dict[EnvironmentName, EnvironmentValue], Field(max_length=48)]


class MetricDefinition(SageMakerModel):
    """How SageMaker finds a metric in the log of an image of your own."""

    name: str = Field(min_length=1, max_length=255)
    regex: str = Field(min_length=1, max_length=500, description="Its first group is the value.")


class AlgorithmSpecification(SageMakerModel):
    """An image of your own, or a built-in algorithm that Retune knows nothing of."""

    training_image: str = Field(
        min_length=1,
        max_length=255,
        pattern=r"^[a-zA-Z0-9][a-zA-Z0-9._:/@-]*$",
        description="URI of the image in Amazon ECR; the deployment setting "
        "retune:image_repositories lets SageMaker pull it.",
    )
    training_input_mode: Literal["File", "Pipe", "FastFile"] = "File"
    metric_definitions: list[MetricDefinition] | None = Field(
        default=None,
        min_length=1,
        max_length=40,
        description="For an image of your own; a built-in algorithm has its own.",
    )


class ResourceConfig(SageMakerModel):
    """The machines of one training job."""

    instance_type: InstanceType = "ml.m5.large"
    instance_count: int = Field(
        default=1,
        ge=1,
        le=INTEGER,
        description="Each instance gets all of the data, unless its channel is ShardedByS3Key.",
    )
    volume_size_in_gb: int = Field(default=10, ge=1, le=INTEGER, alias="VolumeSizeInGB")
    volume_kms_key_id: KmsKeyId | None = None
    keep_alive_period_in_seconds: int | None = Field(
        default=None, ge=0, le=21_600, description="Keeps the instances warm for the next job."
    )


class InstanceConfig(SageMakerModel):
    """Machines that a training job may run on."""

    instance_type: InstanceType
    instance_count: int = Field(default=1, ge=1, le=INTEGER)
    volume_size_in_gb: int = Field(default=10, ge=1, le=INTEGER, alias="VolumeSizeInGB")


class HyperParameterTuningResourceConfig(SageMakerModel):
    """Several kinds of machines: SageMaker takes the first that has capacity."""

    instance_configs: list[InstanceConfig] = Field(
        min_length=1, max_length=6, description="In the order of preference."
    )
    allocation_strategy: Literal["Prioritized"] = "Prioritized"
    volume_kms_key_id: KmsKeyId | None = None


class StoppingCondition(SageMakerModel):
    """The limits of one training job."""

    max_runtime_in_seconds: int = Field(default=HOUR, ge=1, le=28 * DAY)
    max_wait_time_in_seconds: int | None = Field(
        default=None,
        ge=1,
        le=INTEGER,
        description="Only with EnableManagedSpotTraining: waiting and training together. "
        "MaxRuntimeInSeconds unless given.",
    )
    max_pending_time_in_seconds: int | None = Field(
        default=None, ge=1800, le=2_419_200, description="Waiting for accelerated instances."
    )


class CheckpointConfig(SageMakerModel):
    """Where training jobs keep checkpoints, so that spot interruptions cost less."""

    s3_uri: S3Uri | None = Field(
        default=None, alias="S3Uri", description="Without it, checkpoints/ of the run's folder."
    )
    local_path: str | None = Field(default=None, max_length=4096)


class RetryStrategy(SageMakerModel):
    """Starts a training job again that failed with an InternalServerError."""

    maximum_retry_attempts: int = Field(ge=1, le=30)


class VpcConfig(SageMakerModel):
    """The VPC to train, transform and serve in: by the setting retune:vpc_access, or within
    retune:vpc_subnets."""

    security_group_ids: list[VpcResourceId] = Field(min_length=1, max_length=5)
    subnets: list[VpcResourceId] = Field(min_length=1, max_length=16)


class OutputDataConfig(SageMakerModel):
    """The artefacts of training jobs; they lie in the run's folder of the data bucket."""

    kms_key_id: KmsKeyId | None = None


class TrainingFields(SageMakerModel):
    """What each training job definition can say for itself."""

    resource_config: ResourceConfig = ResourceConfig()
    hyper_parameter_tuning_resource_config: HyperParameterTuningResourceConfig | None = Field(
        default=None, description="Several kinds of machines, instead of ResourceConfig."
    )
    stopping_condition: StoppingCondition = StoppingCondition()
    retry_strategy: RetryStrategy | None = None
    enable_managed_spot_training: StrictBool = Field(
        default=False, description="Trains on spot instances: cheaper, and may be interrupted."
    )
    checkpoint_config: CheckpointConfig | None = None
    output_data_config: OutputDataConfig | None = None
    vpc_config: VpcConfig | None = None
    enable_network_isolation: StrictBool = Field(
        default=False,
        description="Containers reach no network, not even AWS, in training and serving.",
    )
    enable_inter_container_traffic_encryption: StrictBool = Field(
        default=False, description="Encrypts traffic between the instances of a training job."
    )
    environment: Environment | None = Field(
        default=None, description="Environment variables of the containers."
    )
