"""What a person gives an execution. Every field is optional; names are SageMaker's own.

`python -m tuning.schema` writes docs/execution-input.schema.json from these classes, so that an
editor can complete and check a document. What a document alone cannot tell, such as whether a
metric fits the objective, is in tuning.checks.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, JsonValue

from tuning.algorithm import algorithm_names, load_algorithm
from tuning.evaluation_input import Approval, Evaluation, Promotion
from tuning.parameter_ranges import ParameterRanges, Text
from tuning.rollout_input import AutoScaling, DataCapture, Rollout, Serverless
from tuning.sagemaker_model import SageMakerModel

DEFAULT_ALGORITHM = "xgboost"
HOUR, DAY = 3600, 86_400  # seconds

InstanceType = Annotated[
    str,
    Field(
        pattern=r"^ml\.[a-z][a-z0-9-]*\.(medium|large|\d*xlarge|metal)$",
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
Channels = Annotated[
    dict[str, S3Uri],
    Field(
        examples=[{"train": "s3://my-bucket/train/", "validation": "s3://my-bucket/validation/"}]
    ),
]
Strategy = Literal["Bayesian", "Random", "Hyperband", "Grid"]


class HyperParameterTuningJobObjective(SageMakerModel):
    """What tuning improves."""

    metric_name: str = Field(
        description="A metric that the algorithm reports.",
        examples=["validation:auc", "validation:rmse"],
    )
    type: Literal["Maximize", "Minimize"] | None = Field(
        default=None, description="Known from the metric; refused when it contradicts that."
    )


class HyperbandStrategyConfig(SageMakerModel):
    """How long Hyperband lets training jobs run, in rounds that report the metric."""

    min_resource: int | None = Field(default=None, ge=1, le=20_000)
    max_resource: int | None = Field(default=None, ge=1, le=20_000)


class StrategyConfig(SageMakerModel):
    """Settings of the strategy Hyperband; other strategies have none."""

    hyperband_strategy_config: HyperbandStrategyConfig


def _parallel_jobs(limits: dict[str, Any]) -> int:
    jobs: int = limits["max_number_of_training_jobs"]
    return min(3, jobs)


class ResourceLimits(SageMakerModel):
    """How much tuning may run."""

    max_number_of_training_jobs: int = Field(default=20, ge=1, le=750)
    max_parallel_training_jobs: int = Field(
        default_factory=_parallel_jobs,
        ge=1,
        le=100,
        description="3 unless given. Fewer jobs at a time tell a Bayesian search more.",
    )
    max_runtime_in_seconds: int | None = Field(
        default=None, ge=120, le=15_768_000, description="Limit of the whole tuning job."
    )


class BestObjectiveNotImproving(SageMakerModel):
    """Ends tuning when this many training jobs brought nothing better."""

    max_number_of_training_jobs_not_improving: int = Field(ge=3)


class ConvergenceDetected(SageMakerModel):
    """Ends tuning when SageMaker sees no further improvement to be had."""

    complete_on_convergence: Literal["Enabled", "Disabled"]


class TuningJobCompletionCriteria(SageMakerModel):
    """When tuning ends before its limits; the first that holds ends it."""

    target_objective_metric_value: float | None = None
    best_objective_not_improving: BestObjectiveNotImproving | None = None
    convergence_detected: ConvergenceDetected | None = None


class ResourceConfig(SageMakerModel):
    """The machines of one training job."""

    instance_type: InstanceType = "ml.m5.large"
    instance_count: int = Field(default=1, ge=1, description="Each instance gets all of the data.")
    volume_size_in_gb: int = Field(default=10, ge=1, alias="VolumeSizeInGB")


class StoppingCondition(SageMakerModel):
    """The limit of one training job."""

    max_runtime_in_seconds: int = Field(default=HOUR, ge=1, le=28 * DAY)


class Retrain(SageMakerModel):
    """Asks to train the best hyperparameters again, on more data, and to deploy that model."""

    channels: Channels = Field(
        description="The larger data set. Channels that are not named stay those of tuning."
    )
    resource_config: ResourceConfig | None = Field(
        default=None, description="Without it, tuning's."
    )
    stopping_condition: StoppingCondition | None = Field(
        default=None, description="Without it, tuning's."
    )


class Endpoint(SageMakerModel):
    """The endpoint that serves the model; an existing one is updated without downtime."""

    endpoint_name: str | None = Field(
        default=None,
        max_length=63,
        pattern=r"^[a-zA-Z0-9](-*[a-zA-Z0-9])*$",
        description="The app's name prefix, or a name that begins with it.",
    )
    instance_type: InstanceType = "ml.m5.large"
    initial_instance_count: int | None = Field(
        default=None,
        ge=1,
        description="Without it, an update keeps the number there is, and a new endpoint has one.",
    )
    serverless: Serverless | None = Field(default=None, description="Instead of instances.")
    auto_scaling: AutoScaling | None = None
    data_capture: DataCapture | None = None
    rollout: Rollout | None = Field(
        default=None, description="Without it, all traffic moves at once and no alarm is watched."
    )

    @property
    def least_instances(self) -> int:
        """How many instances a new endpoint starts with."""
        scaling = self.auto_scaling.min_capacity if self.auto_scaling else 1
        return self.initial_instance_count or scaling


class Retention(SageMakerModel):
    """What a successful deployment leaves of those before it."""

    keep_models: int = Field(
        default=2,
        ge=0,
        description="How many models before the one that serves stay, with their configs.",
    )


def _complete_schema(schema: dict[str, Any]) -> None:
    """No field is required of a document: the algorithm's own defaults come in before."""
    del schema["required"]
    for name, default in load_algorithm(DEFAULT_ALGORITHM).default_input.items():
        schema["properties"][name]["default"] = default


class ExecutionInput(SageMakerModel):
    """Input of a Retune execution. `{}` tunes with the deployed defaults."""

    model_config = ConfigDict(json_schema_extra=_complete_schema)

    json_schema: str | None = Field(
        default=None, alias="$schema", exclude=True, description="For editors; has no effect."
    )
    algorithm: str = Field(
        default=DEFAULT_ALGORITHM,
        description="Built-in algorithm of SageMaker.",
        json_schema_extra={"enum": list[JsonValue](algorithm_names())},
    )
    algorithm_version: str | None = Field(
        default=None,
        description="Version tag of the algorithm's image; without it, 3.0-5.",
        json_schema_extra={"enum": list(load_algorithm(DEFAULT_ALGORITHM).versions)},
    )
    channels: Channels | None = Field(
        default=None,
        description="Where the data lies. Without it data/train/ and data/validation/ of the data "
        "bucket, and data/test/ if there is data. CSV has no header row, and the label in the "
        "first column.",
    )
    content_type: str = Field(default="text/csv", description="Content type of the data.")
    strategy: Strategy = Field(
        default="Bayesian", description="How tuning chooses hyperparameters."
    )
    strategy_config: StrategyConfig | None = Field(default=None, description="Only with Hyperband.")
    hyper_parameter_tuning_job_objective: HyperParameterTuningJobObjective
    parameter_ranges: ParameterRanges = Field(
        description="The hyperparameters to tune, at most 30, each with a range."
    )
    static_hyper_parameters: dict[str, Text] = Field(
        description="The hyperparameters that are the same in every training job."
    )
    resource_limits: ResourceLimits = ResourceLimits()
    random_seed: int | None = Field(
        default=None,
        ge=0,
        description="The same seed tries the same hyperparameters (Random, Hyperband).",
    )
    training_job_early_stopping_type: Literal["Off", "Auto"] = Field(
        default="Off",
        description="Auto stops a training job that falls behind the median of the others.",
    )
    tuning_job_completion_criteria: TuningJobCompletionCriteria | None = None
    resource_config: ResourceConfig = ResourceConfig()
    stopping_condition: StoppingCondition = StoppingCondition()
    retrain: Retrain | None = None
    evaluation: Evaluation | None = None
    promotion: Promotion | None = None
    approval: Approval = Field(
        default="Automatic",
        description="Manual waits, for up to 7 days, until a person approves the model package.",
    )
    dry_run: bool = Field(default=False, description="Goes up to the verdict and deploys nothing.")
    endpoint: Endpoint = Endpoint()
    retention: Retention = Retention()
