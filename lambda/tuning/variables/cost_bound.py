"""What a run can train and cost at most: a part of the plan and of the summary."""

from __future__ import annotations

from tuning.variables.cost import Cost
from tuning.variables.variable import Variable

_OF_AN_OLDER_VERSION = Cost(unknown="an older version planned this run")


class CostBound(Variable):
    """In instance-seconds, which are seconds of training summed over instances, and in money."""

    tuning_instance_seconds: int
    retrain_instance_seconds: int
    instance_seconds: int  # both together
    preparation_instance_seconds: int = 0  # beside them; in the cost, not in instance_seconds
    instance_types: tuple[str, ...]  # on which it may train, sorted
    cost: Cost = _OF_AN_OLDER_VERSION  # of all training, and of preparing the data, on demand
    # Told by the Price List API, by instance type, where the price table has no price.
    training_instance_hour: dict[str, Cost] | None = None
    endpoint_instance_hour: Cost | None = None  # apart: it goes on. None when it has no instances
