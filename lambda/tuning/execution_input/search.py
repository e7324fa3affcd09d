"""What tuning improves, how it searches and when it ends. Parts of the execution input."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from tuning.execution_input.sagemaker_model import FLOAT, INTEGER, SageMakerModel

Strategy = Literal["Bayesian", "Random", "Hyperband", "Grid"]


class HyperParameterTuningJobObjective(SageMakerModel):
    """What tuning improves."""

    metric_name: str = Field(
        min_length=1,
        max_length=255,
        description="A metric that the algorithm reports, or Autopilot's name of one.",
        examples=["validation:auc", "validation:rmse", "AUC"],
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

    max_number_of_training_jobs_not_improving: int = Field(ge=3, le=INTEGER)


class ConvergenceDetected(SageMakerModel):
    """Ends tuning when SageMaker sees no further improvement to be had."""

    complete_on_convergence: Literal["Enabled", "Disabled"]


class TuningJobCompletionCriteria(SageMakerModel):
    """When tuning ends before its limits; the first that holds ends it."""

    target_objective_metric_value: float | None = Field(default=None, ge=-FLOAT, le=FLOAT)
    best_objective_not_improving: BestObjectiveNotImproving | None = None
    convergence_detected: ConvergenceDetected | None = None


class Autotune(SageMakerModel):
    """Lets SageMaker choose what the input does not say."""

    mode: Literal["Enabled"]
