"""What a Map state says of its items, inline or distributed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from local_sagemaker.stepfunctions.definition.machine import Chain, read_chain
from local_sagemaker.stepfunctions.engine.fields import expression, number
from local_sagemaker.stepfunctions.failure import RUNTIME, StateFailed
from local_sagemaker.stepfunctions.json_text import to_text
from local_sagemaker.stepfunctions.queries import path, template
from local_sagemaker.stepfunctions.queries.failures import QUERY

if TYPE_CHECKING:
    from local_sagemaker.stepfunctions.engine.visit import Visit


def processor(visit: Visit) -> dict[str, Any]:
    """The states of an iteration; `Iterator` is ItemProcessor's old name."""
    found: dict[str, Any] = visit.said.get("ItemProcessor") or visit.said["Iterator"]
    return found


def chain(visit: Visit) -> Chain:
    """The states of an iteration, to be walked."""
    return read_chain(processor(visit), visit.branch.chain.language)


def is_distributed(visit: Visit) -> bool:
    """Whether its iterations are executions of their own."""
    return bool(processor(visit).get("ProcessorConfig", {}).get("Mode") == "DISTRIBUTED")


def max_concurrency(visit: Visit, chosen: Any) -> int:
    """How many iterations run at a time; 0 for as many as there are."""
    found = number(visit, "MaxConcurrency", chosen, "integer") or 0
    if found < 0:
        raise StateFailed(RUNTIME, "MaxConcurrency cannot be negative.")
    visit.seen["maxConcurrency"] = int(found)
    return int(found)


def tolerated_failure_count(visit: Visit, chosen: Any) -> int | None:
    """How many items may fail; None where it is not said."""
    found = number(visit, "ToleratedFailureCount", chosen, "integer")
    if found is None:
        return None
    if found < 0:
        raise StateFailed(RUNTIME, "ToleratedFailureCount cannot be negative.")
    visit.seen["toleratedFailureCount"] = int(found)
    return int(found)


def tolerated_failure_percentage(visit: Visit, chosen: Any) -> float | None:
    """Which part of the items may fail, in percent; None where it is not said."""
    found = number(visit, "ToleratedFailurePercentage", chosen, "float")
    if found is None:
        return None
    if not 0 <= found <= 100:
        raise StateFailed(RUNTIME, "ToleratedFailurePercentage must be between 0 and 100.")
    visit.seen["toleratedFailurePercentage"] = float(found)
    return float(found)


def items(visit: Visit, chosen: Any) -> list[Any]:
    """The array that is iterated. Raises States.Runtime, in JSONata States.QueryEvaluationError."""
    if visit.is_jsonata and "Items" in visit.said:
        found = expression(visit, "Items", "array")
    elif "ItemsPath" in visit.said:
        where = visit.said["ItemsPath"]
        found = path.select(where, visit.scope(input=chosen), "ItemsPath")
        if not isinstance(found, list):
            # Recorded so, with one `$` for the context object, too.
            shown = where.replace("$$", "$", 1)
            raise StateFailed(RUNTIME, f'Reference path "{shown}" must point to array.')
        visit.seen["afterItemsPath"] = found
    else:
        found = chosen
    if isinstance(found, list):
        return found
    cause = f"Map state input must be an array but was: {to_text(found)}"
    if visit.is_jsonata:
        raise StateFailed(QUERY, cause, "EvaluationFailed", {"state": visit.state.name})
    raise StateFailed(RUNTIME, cause)


def map_item(index: int, value: Any) -> dict[str, Any]:
    """The context object's Map for one item."""
    return {"Item": {"Index": index, "Value": value}}


def selected(visit: Visit, chosen: Any, items: list[Any]) -> list[Any]:
    """The items as ItemSelector, once called Parameters, makes them."""
    field = "ItemSelector" if "ItemSelector" in visit.said else "Parameters"
    if field not in visit.said:
        return items
    scope = visit.scope(input=chosen)
    found = [
        template.evaluate(
            visit.said[field],
            scope.of(context={**scope.context, "Map": map_item(index, value)}),
            visit.state.language,
            field,
        )
        for index, value in enumerate(items)
    ]
    visit.seen["afterItemSelector"] = found
    return found
