"""Warm start against the other fields; planning compares the parents themselves."""

from __future__ import annotations

from collections.abc import Iterator

from tuning.errors import Fault
from tuning.execution_input.execution_input import ExecutionInput


def check(run: ExecutionInput) -> Iterator[Fault]:
    """Faults of WarmStartConfig."""
    if run.warm_start_config and run.strategy not in ("Bayesian", "Random"):
        yield Fault(
            "WarmStartConfig",
            run.warm_start_config.warm_start_type,
            f"The strategy {run.strategy} learns nothing from earlier tuning jobs.",
            "Remove it, or set Strategy to Bayesian or Random.",
        )
