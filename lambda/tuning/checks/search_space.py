"""The ranges as a whole: are there too many, and is there as much to try as the limits ask for?"""

from __future__ import annotations

from collections.abc import Iterator

from tuning.errors import Fault
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.search_space import SearchSpace

MAX_RANGES = 30


def check(run: ExecutionInput, space: SearchSpace) -> Iterator[Fault]:
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
