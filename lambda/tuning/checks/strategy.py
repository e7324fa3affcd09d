"""Strategy, limits and early stopping against each other and against the search space."""

from __future__ import annotations

from collections.abc import Iterator

from tuning.errors import Fault
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.search_space import SearchSpace

MAX_RANGES = 30
# Where SageMaker looks for Hyperband's MaxResource when it is not given.
EPOCH_HYPERPARAMETERS = {"epochs", "numepochs", "n-epochs", "n_epochs", "num_epochs"}


def check_limits(run: ExecutionInput) -> Iterator[Fault]:
    """Faults of ResourceLimits."""
    limits = run.resource_limits
    if limits.max_parallel_training_jobs > limits.max_number_of_training_jobs:
        yield Fault(
            "ResourceLimits.MaxParallelTrainingJobs",
            limits.max_parallel_training_jobs,
            f"It is above MaxNumberOfTrainingJobs, {limits.max_number_of_training_jobs}.",
            f"Use at most {limits.max_number_of_training_jobs}.",
        )


def check_hyperband(run: ExecutionInput) -> Iterator[Fault]:
    """Faults of StrategyConfig, and of early stopping, which Hyperband does itself."""
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


def check_search_space(run: ExecutionInput, space: SearchSpace) -> Iterator[Fault]:
    """Faults of the ranges as a whole, each of which is sound: too many, or too little to try."""
    if space.size == 0:
        yield Fault(
            "ParameterRanges", None, "There is nothing to tune.", "Give at least one range."
        )
    elif space.size > MAX_RANGES:
        yield Fault(
            "ParameterRanges",
            f"{space.size} ranges",
            f"SageMaker searches at most {MAX_RANGES} hyperparameters.",
            "Make the less important ones static.",
        )
    elif run.strategy == "Grid":
        yield from _check_grid(run, space)
    else:
        yield from _check_combinations(run, space)


def _check_grid(run: ExecutionInput, space: SearchSpace) -> Iterator[Fault]:
    numeric = [entry["Name"] for entry in (*space.integer, *space.continuous)]
    if numeric:
        are = "is a number" if len(numeric) == 1 else "are numbers"
        yield Fault(
            "Strategy",
            "Grid",
            f"It searches categorical hyperparameters only, and {', '.join(numeric)} {are}.",
            "Use Bayesian or Random.",
        )
    elif run.resource_limits.max_number_of_training_jobs != space.combinations:
        yield Fault(
            "ResourceLimits.MaxNumberOfTrainingJobs",
            run.resource_limits.max_number_of_training_jobs,
            "Grid tries every combination once, no more and no fewer.",
            f"Set it to {space.combinations}.",
        )


def _check_combinations(run: ExecutionInput, space: SearchSpace) -> Iterator[Fault]:
    wanted = run.resource_limits.max_number_of_training_jobs
    if space.combinations is not None and space.combinations < wanted:
        yield Fault(
            "ResourceLimits.MaxNumberOfTrainingJobs",
            wanted,
            f"ParameterRanges have only {space.combinations} different combinations.",
            f"Use at most {space.combinations}, or wider ranges.",
        )
