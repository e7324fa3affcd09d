"""The fields of a distributed Map state, evaluated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from local_sagemaker.stepfunctions.engine import map_fields
from local_sagemaker.stepfunctions.engine.fields import number_at
from local_sagemaker.stepfunctions.engine.visit import Visit
from local_sagemaker.stepfunctions.queries import template


@dataclass(frozen=True)
class Tolerance:
    """How many items may fail; 0 for no limit of that kind, and none at all where both are 0."""

    count: int
    percentage: float

    def is_exceeded(self, failed: int, total: int) -> bool:
        limits = [limit for limit in (self.count, self.percentage * total / 100) if limit]
        return failed > min(limits or [0])


def tolerance(visit: Visit, chosen: Any) -> Tolerance:
    """Raises States.Runtime for what is none."""
    count = map_fields.tolerated_failure_count(visit, chosen)
    percentage = map_fields.tolerated_failure_percentage(visit, chosen)
    return Tolerance(count or 0, percentage or 0.0)


def arguments(visit: Visit, chosen: Any, holder: dict[str, Any], name: str) -> dict[str, Any]:
    """Arguments or Parameters of an ItemReader or a ResultWriter."""
    field = "Arguments" if visit.is_jsonata else "Parameters"
    found: dict[str, Any] = evaluated(visit, chosen, holder.get(field, {}), f"{name}/{field}")
    return found


def evaluated(visit: Visit, chosen: Any, said: Any, field: str) -> Any:
    """A payload template's JSON."""
    scope = visit.scope(input=chosen)
    return template.evaluate(said, scope, visit.state.language, field)


def settings(visit: Visit, chosen: Any, holder: dict[str, Any], name: str) -> dict[str, Any]:
    """Members of which a JSONPath may be given as `<member>Path`, by their bare names.

    Raises States.Runtime for a path that leads to no integer.
    """
    if visit.is_jsonata:
        found: dict[str, Any] = evaluated(visit, chosen, holder, name)
        return found
    return {
        member.removesuffix("Path"): number_at(visit, said, member, chosen, "integer")
        if member.endswith("Path")
        else said
        for member, said in holder.items()
    }
