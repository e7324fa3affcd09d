"""How long a run can train at most: a part of the plan and of the summary."""

from __future__ import annotations

from tuning.variables.variable import Variable


class CostBound(Variable):
    """In instance-seconds: seconds of training, summed over instances."""

    tuning_instance_seconds: int
    retrain_instance_seconds: int
    instance_seconds: int  # both together
    instance_types: tuple[str, ...]  # on which it may train, sorted
