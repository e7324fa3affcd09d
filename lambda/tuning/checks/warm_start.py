"""Warm start against the other fields; planning compares the parents themselves."""

from __future__ import annotations

from collections.abc import Iterator

from tuning.errors import Fault
from tuning.execution_input.execution_input import ExecutionInput

NOT_FOR_SEVERAL = "SageMaker has no warm start for several training job definitions."


def check(run: ExecutionInput) -> Iterator[Fault]:
    """Faults of WarmStartConfig. Parents that Retune chooses itself are no reason to refuse."""
    config, rule = run.warm_start_config, _strategy_obstacle(run)
    if config and rule and not config.is_automatic:
        fix = "Remove it, or set Strategy to Bayesian or Random."
        yield Fault("WarmStartConfig", config.warm_start_type, rule, fix)


def obstacle(run: ExecutionInput) -> str | None:
    """Why no tuning job can be a parent of this one's, whichever there are; None when one can."""
    if any(name is not None for name, _ in run.definitions):
        return NOT_FOR_SEVERAL
    return _strategy_obstacle(run)


def _strategy_obstacle(run: ExecutionInput) -> str | None:
    if run.strategy in ("Bayesian", "Random"):
        return None
    return f"The strategy {run.strategy} learns nothing from earlier tuning jobs."
