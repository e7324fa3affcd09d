"""What a person gives an execution. Every field is optional; names are SageMaker's own.

`python -m tuning.execution_input.schema` writes docs/execution-input.schema.json from these
classes, so that an editor can complete and check a document. Rules between fields, such as whether
a metric fits the objective, are in tuning.checks.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field, PrivateAttr, StrictBool

from tuning.algorithms.algorithm import load_algorithm
from tuning.execution_input.definition import (
    DEFAULT_ALGORITHM,
    Channels,
    DefinitionFields,
    TrainingJobDefinition,
)
from tuning.execution_input.endpoint import Endpoint, Retention
from tuning.execution_input.evaluation import Approval, Evaluation, Promotion
from tuning.execution_input.parameter_ranges import ParameterRanges
from tuning.execution_input.prepare import Prepare
from tuning.execution_input.retuning import RetuneWhen
from tuning.execution_input.sagemaker_model import INTEGER, LONG, SageMakerModel
from tuning.execution_input.search import (
    Autotune,
    HyperParameterTuningJobObjective,
    ResourceLimits,
    Strategy,
    StrategyConfig,
    TuningJobCompletionCriteria,
)
from tuning.execution_input.training import DAY, ResourceConfig, StoppingCondition
from tuning.execution_input.warm_start import WarmStartConfig

TAG_PATTERN = r"^[\w .:/=+\-@]*$"
ROLE_PATTERN = r"^arn:aws[a-z-]*:iam::[0-9]{12}:role/[\w+=,.@/-]+$"


def _no_other_name(name: str) -> str:
    """Schedules and alarms of these names are Retune's own."""
    if name in ("sweep", "endpoint"):
        raise ValueError("Retune has things of its own with this name")
    return name


# With a prefix of 12 characters, an endpoint's name has no room for more.
ModelName = Annotated[
    str,
    Field(max_length=50, pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"),
    AfterValidator(_no_other_name),
]


class Retrain(SageMakerModel):
    """Asks to train the best hyperparameters again, on more data, and to deploy that model."""

    channels: Channels | None = Field(
        default=None,
        description="The larger data set. Channels that are not named stay those of tuning.",
    )
    tuning_job_name: str | None = Field(
        default=None,
        min_length=1,
        max_length=32,
        pattern=r"^[a-zA-Z0-9](-*[a-zA-Z0-9])*$",
        description="An earlier tuning job, whose best hyperparameters are trained instead of "
        "tuning again. Without Channels, on the data that lie in the input's channels now.",
    )
    resource_config: ResourceConfig | None = Field(
        default=None, description="Without it, tuning's."
    )
    stopping_condition: StoppingCondition | None = Field(
        default=None, description="Without it, tuning's."
    )


class Rollback(SageMakerModel):
    """Asks to bring an earlier champion back, instead of tuning."""

    endpoint_config_name: str = Field(
        min_length=1,
        max_length=63,
        pattern=r"^[a-zA-Z0-9](-*[a-zA-Z0-9])*$",
        description="The endpoint configuration of the champion, which an earlier run has "
        "deployed to the endpoint; `retune rollback MODEL --list` shows those that are kept.",
    )


class Import(SageMakerModel):
    """Asks to deploy a model of another account, which `retune import` has brought."""

    s3_uri: str = Field(
        alias="S3Uri",
        pattern=r"^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/.*/$",
        description="The folder with the model: package.json, model.tar.gz and rows.",
    )


class Tag(SageMakerModel):
    """A tag of the tuning job, its training jobs, model and endpoint."""

    key: str = Field(min_length=1, max_length=128, pattern=TAG_PATTERN)
    value: str = Field(max_length=256, pattern=TAG_PATTERN)


def complete_schema(schema: dict[str, Any]) -> None:
    """No field is required of a document: the algorithm's defaults stand in for those left out."""
    del schema["required"]
    for name, default in load_algorithm(DEFAULT_ALGORITHM).default_input.items():
        schema["properties"][name]["default"] = default


class ExecutionInput(DefinitionFields):
    """Input of a Retune execution. `{}` tunes with the deployed defaults."""

    model_config = ConfigDict(json_schema_extra=complete_schema)

    json_schema: str | None = Field(
        default=None, alias="$schema", exclude=True, description="For editors; has no effect."
    )
    model_name: ModelName | None = Field(
        default=None,
        description="Retune's own: the deployed model that this run is of; what the input leaves "
        "out, its file says.",
    )
    owner: str | None = Field(
        default=None,
        min_length=1,
        max_length=256,
        pattern=TAG_PATTERN,
        description="Retune's own: who answers for the model, the tag retune:owner.",
    )
    training_role_arn: str | None = Field(
        default=None,
        max_length=2048,
        pattern=ROLE_PATTERN,
        description="Retune's own, of a model's file only: the role that SageMaker takes on, "
        "without it the deployment's.",
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
        le=LONG,
        description="Retune's own: refuses a run that could train for longer, summed over "
        "instances.",
    )
    max_cost: float | None = Field(
        default=None,
        gt=0,
        allow_inf_nan=False,
        description="Retune's own: refuses a run whose training could cost more, in the currency "
        "of the price list, or whose cost is not known.",
    )
    monthly_budget: float | None = Field(
        default=None,
        gt=0,
        allow_inf_nan=False,
        description="Retune's own: the run ends as OverBudget when the training of its endpoint's "
        "runs of this month could cost more with it, in the currency of the price list.",
    )
    random_seed: int | None = Field(
        default=None,
        ge=0,
        le=INTEGER,
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
    tags: list[Tag] | None = Field(
        default=None, max_length=40, description="They stand beside Retune's own."
    )
    prepare: Prepare | None = Field(
        default=None,
        description="Retune's own, instead of Channels: the table that the channels are made of.",
    )
    retrain: Retrain | None = None
    rollback: Rollback | None = Field(
        default=None,
        description="Retune's own, of an execution only: brings an earlier champion back, verified "
        "as any deployment. Nothing is tuned or compared.",
    )
    imported: Import | None = Field(
        default=None,
        alias="Import",
        description="Retune's own, of an execution only: deploys a model that was tuned and "
        "approved in another account. Nothing is tuned or compared.",
    )
    evaluation: Evaluation | None = None
    promotion: Promotion | None = None
    approval: Approval = Field(
        default="Automatic",
        description="Manual waits until a person approves the model package.",
    )
    approval_timeout_in_seconds: int = Field(
        default=7 * DAY,
        ge=1,
        le=30 * DAY,
        description="Retune's own: how long Manual waits for a person, at most 30 days.",
    )
    retune_when: RetuneWhen = Field(
        default="Always",
        description="Retune's own: DataChanged skips a run when neither the data nor this input "
        "has changed since the endpoint's last verdict, and the endpoint is still there. "
        "ChampionWorseThan does, too, when the champion scores on the test channel as it did, "
        "within RetuneMargin.",
    )
    retune_margin: float | None = Field(
        default=None,
        ge=0,
        allow_inf_nan=False,
        description="Retune's own: by how much the champion's score may have fallen, in the "
        "metric's unit. ChampionWorseThan needs it.",
    )
    dry_run: StrictBool = Field(
        default=False, description="Goes up to the verdict and deploys nothing."
    )
    endpoint: Endpoint = Endpoint()
    retention: Retention = Retention()

    _definitions: tuple[tuple[str, ExecutionInput], ...] = PrivateAttr(())

    @property
    def definitions(self) -> tuple[tuple[str | None, ExecutionInput], ...]:
        """Each training job definition by name, as the complete input it would be alone.

        An input without TrainingJobDefinitions is its own only one, without a name.
        """
        return self._definitions or ((None, self),)

    @property
    def earlier_tuning_job(self) -> str | None:
        """The tuning job whose winner is retrained; with one, nothing is tuned."""
        return self.retrain.tuning_job_name if self.retrain else None

    @property
    def larger_channels(self) -> Channels:
        """What Retrain.Channels puts in place of the channels of tuning."""
        return (self.retrain.channels if self.retrain else None) or {}

    @property
    def may_stop_early(self) -> bool:
        """Whether tuning may stop a training job before it is through."""
        return self.strategy == "Hyperband" or self.training_job_early_stopping_type == "Auto"

    def with_definitions(self, definitions: Iterable[tuple[str, ExecutionInput]]) -> ExecutionInput:
        """This input with its training job definitions completed."""
        copy = self.model_copy()
        copy._definitions = tuple(definitions)
        return copy
