"""Strategy, limits and early stopping against each other."""

from __future__ import annotations

from collections.abc import Iterator

from tuning.errors import Fault
from tuning.execution_input.execution_input import ExecutionInput

# Where SageMaker looks for Hyperband's MaxResource when it is not given.
EPOCH_HYPERPARAMETERS = {"epochs", "numepochs", "n-epochs", "n_epochs", "num_epochs"}


def check(run: ExecutionInput) -> Iterator[Fault]:
    """Faults of ResourceLimits, Strategy, StrategyConfig and early stopping."""
    yield from _check_limits(run)
    yield from _check_hyperband(run)


def _check_limits(run: ExecutionInput) -> Iterator[Fault]:
    limits = run.resource_limits
    if limits.max_parallel_training_jobs > limits.max_number_of_training_jobs:
        yield Fault(
            "ResourceLimits.MaxParallelTrainingJobs",
            limits.max_parallel_training_jobs,
            f"It is above MaxNumberOfTrainingJobs, {limits.max_number_of_training_jobs}.",
            f"Use at most {limits.max_number_of_training_jobs}.",
        )


def _check_hyperband(run: ExecutionInput) -> Iterator[Fault]:
    """Only Hyperband has settings, and it stops training jobs itself."""
    if run.strategy != "Hyperband":
        if run.strategy_config:
            yield Fault(
                "StrategyConfig",
                run.strategy_config.to_sagemaker(),
                f"The strategy {run.strategy} has no settings.",
                "Remove it, or set Strategy to Hyperband.",
            )
        return
    if run.training_job_early_stopping_type != "Off":
        yield Fault(
            "TrainingJobEarlyStoppingType",
            run.training_job_early_stopping_type,
            "Hyperband stops training jobs itself.",
            "Set it to Off.",
        )
    yield from _check_resources(run)


def _check_resources(run: ExecutionInput) -> Iterator[Fault]:
    field = "StrategyConfig.HyperbandStrategyConfig"
    config = run.strategy_config and run.strategy_config.hyperband_strategy_config
    least, most = (config.min_resource, config.max_resource) if config else (None, None)
    if most is None and not EPOCH_HYPERPARAMETERS & run.static_hyper_parameters.keys():
        yield Fault(
            f"{field}.MaxResource",
            None,
            "Hyperband must know how many rounds a training job may last, and SageMaker does "
            "not read it from num_round.",
            "Give MaxResource, most simply the value of num_round.",
        )
    if least is not None and most is not None and least > most:
        yield Fault(
            f"{field}.MinResource", least, f"It is above MaxResource, {most}.", "Swap the two."
        )
