"""What a person gives an execution. Every field is optional; names are SageMaker's own.

`python -m tuning.schema` writes docs/execution-input.schema.json from these classes, so that an
editor can complete and check a document. What a document alone cannot tell, such as whether a
metric fits the objective, is in tuning.checks.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, JsonValue, PrivateAttr

from tuning.algorithm import algorithm_names, load_algorithm
from tuning.channel import Channel
from tuning.evaluation_input import Approval, Evaluation, Promotion
from tuning.parameter_ranges import ParameterRanges, Text
from tuning.rollout_input import AutoScaling, DataCapture, Rollout, Serverless
from tuning.sagemaker_model import SageMakerModel
from tuning.search_input import (
    Autotune,
    HyperParameterTuningJobObjective,
    ResourceLimits,
    Strategy,
    StrategyConfig,
    TuningJobCompletionCriteria,
)
from tuning.training_input import (
    AlgorithmSpecification,
    InstanceType,
    ResourceConfig,
    StoppingCondition,
    TrainingFields,
)
from tuning.warm_start_input import WarmStartConfig

_DAY = 24 * 3600  # seconds

DEFAULT_ALGORITHM = "xgboost"

Channels = Annotated[
    dict[str, Channel],
    Field(
        examples=[{"train": "s3://my-bucket/train/", "validation": "s3://my-bucket/validation/"}]
    ),
]
TAG_PATTERN = r"^[\w\s.:/=+\-@]*$"


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
    keep_model_packages: int = Field(
        default=20,
        ge=0,
        description="How many model packages stay, besides those of models that stay.",
    )


def _complete_schema(schema: dict[str, Any]) -> None:
    """No field is required of a document: the algorithm's own defaults come in before."""
    del schema["required"]
    for name, default in load_algorithm(DEFAULT_ALGORITHM).default_input.items():
        schema["properties"][name]["default"] = default


class Tag(SageMakerModel):
    """A tag of the tuning job, its training jobs, model and endpoint."""

    key: str = Field(min_length=1, max_length=128, pattern=TAG_PATTERN)
    value: str = Field(max_length=256, pattern=TAG_PATTERN)


class DefinitionFields(TrainingFields):
    """What the input as a whole and each of TrainingJobDefinitions can say."""

    algorithm: str = Field(
        default=DEFAULT_ALGORITHM,
        description="Built-in algorithm of SageMaker.",
        json_schema_extra={"enum": list[JsonValue](algorithm_names())},
    )
    algorithm_version: str | None = Field(
        default=None,
        description="Version tag of the algorithm's image; without it, 3.0-5 of XGBoost.",
        json_schema_extra={
            "enum": [v for n in algorithm_names() for v in load_algorithm(n).versions]
        },
    )
    algorithm_specification: AlgorithmSpecification | None = Field(
        default=None,
        description="Any other image, instead of Algorithm. Ranges then have a Type or SageMaker's "
        "own spelling, and the objective a Type.",
    )
    channels: Channels | None = Field(
        default=None,
        description="Where the data lies. Without it data/train/ and data/validation/ of the data "
        "bucket, and data/test/ if there is data. CSV has no header row, and the label in the "
        "first column.",
    )
    content_type: str = Field(default="text/csv", description="Content type of the data.")
    static_hyper_parameters: dict[str, Text] = Field(
        default_factory=dict,
        description="The hyperparameters that are the same in every training job.",
    )
    freeze: dict[str, Text] | None = Field(
        default=None,
        description="Retune's own: values for hyperparameters that shall not be tuned. They join "
        "StaticHyperParameters and leave ParameterRanges, both otherwise as they are.",
    )


class TrainingJobDefinition(DefinitionFields):
    """One of several kinds of training jobs in a tuning job.

    What it leaves out is taken from the input as a whole.
    """

    definition_name: str = Field(
        max_length=64,
        pattern=r"^[a-zA-Z0-9](-*[a-zA-Z0-9])*$",
        description="Letters, digits and single hyphens.",
    )
    tuning_objective: HyperParameterTuningJobObjective | None = None
    hyper_parameter_ranges: ParameterRanges | None = None


class ExecutionInput(DefinitionFields):
    """Input of a Retune execution. `{}` tunes with the deployed defaults."""

    model_config = ConfigDict(json_schema_extra=_complete_schema)

    json_schema: str | None = Field(
        default=None, alias="$schema", exclude=True, description="For editors; has no effect."
    )
    strategy: Strategy = Field(
        default="Bayesian", description="How tuning chooses hyperparameters."
    )
    strategy_config: StrategyConfig | None = Field(default=None, description="Only with Hyperband.")
    hyper_parameter_tuning_job_objective: HyperParameterTuningJobObjective
    parameter_ranges: ParameterRanges = Field(
        description="The hyperparameters to tune, at most 30, each with a range."
    )
    resource_limits: ResourceLimits = ResourceLimits()
    max_instance_seconds: int | None = Field(
        default=None,
        ge=1,
        description="Retune's own: refuses a run that could train for longer, summed over "
        "instances.",
    )
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
    warm_start_config: WarmStartConfig | None = Field(
        default=None, description="Learns from earlier tuning jobs."
    )
    autotune: Autotune | None = None
    training_job_definitions: list[TrainingJobDefinition] | None = Field(
        default=None,
        min_length=1,
        max_length=10,
        description="Several kinds of training jobs, XGBoost beside Linear Learner for example.",
    )
    tags: list[Tag] | None = Field(default=None, max_length=40)
    retrain: Retrain | None = None
    evaluation: Evaluation | None = None
    promotion: Promotion | None = None
    approval: Approval = Field(
        default="Automatic",
        description="Manual waits until a person approves the model package.",
    )
    approval_timeout_in_seconds: int = Field(
        default=7 * _DAY,
        ge=1,
        le=30 * _DAY,
        description="Retune's own: how long Manual waits for a person, at most 30 days.",
    )
    dry_run: bool = Field(default=False, description="Goes up to the verdict and deploys nothing.")
    endpoint: Endpoint = Endpoint()
    retention: Retention = Retention()

    _definitions: tuple[tuple[str, ExecutionInput], ...] = PrivateAttr(())

    @property
    def definitions(self) -> tuple[tuple[str | None, ExecutionInput], ...]:
        """Each training job definition by name, as the complete input it would be alone.

        An input without TrainingJobDefinitions is its own only one, without a name.
        """
        return self._definitions or ((None, self),)

    def with_definitions(self, definitions: Iterable[tuple[str, ExecutionInput]]) -> ExecutionInput:
        """This input with its training job definitions completed."""
        copy = self.model_copy()
        copy._definitions = tuple(definitions)
        return copy
