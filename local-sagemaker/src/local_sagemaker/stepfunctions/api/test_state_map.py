"""A Map state under test: its fields are evaluated, its iterations are not run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local_sagemaker.stepfunctions.api.region import Document
from local_sagemaker.stepfunctions.definition.json_source import NotJson, parse
from local_sagemaker.stepfunctions.definition.machine import State
from local_sagemaker.stepfunctions.engine import map_fields
from local_sagemaker.stepfunctions.engine.data_flow import effective_input
from local_sagemaker.stepfunctions.engine.run_state import Mock
from local_sagemaker.stepfunctions.engine.visit import Visit
from local_sagemaker.stepfunctions.errors import ValidationException
from local_sagemaker.stepfunctions.failure import StateFailed
from local_sagemaker.stepfunctions.map_runs.failures import TOLERANCE
from local_sagemaker.stepfunctions.map_runs.fields import tolerance
from local_sagemaker.stepfunctions.map_runs.item_batcher import batches
from local_sagemaker.stepfunctions.map_runs.item_formats import UnreadableItems, pointed


def mocked_map(answer: Mock, state: State, configuration: Document) -> Mock:
    """The answer of the state, unless more iterations have failed than the state tolerates.

    Raises ValidationException. Where the state does not say how many may fail, as many as the
    request says do: recorded so.
    """
    data = _reader_data(configuration.get("mapItemReaderData"), _pointer(state.said))
    failed = configuration.get("mapIterationFailureCount", 0)

    def iterate(visit: Visit) -> Any:
        chosen = effective_input(visit)
        items = _items(visit, chosen, data)
        map_fields.max_concurrency(visit, chosen)
        tolerated = tolerance(visit, chosen)
        total = None if items is None else _iterations(visit, chosen, items)
        if total is not None and failed > total:
            raise ValidationException(
                "Map iteration failure count must be less than or equal to the number of Map "
                "iterations"
            )
        is_limited = bool(tolerated.count or tolerated.percentage)
        if is_limited and tolerated.is_exceeded(failed, total or failed):
            cause = "The specified tolerated failure threshold was exceeded"
            raise StateFailed(TOLERANCE, cause)
        return answer(visit)

    return iterate


def _reader_data(text: str | None, pointer: str) -> list[Any] | None:
    """The items in what a reader would read; None where the request says nothing of it."""
    if text is None:
        return None
    try:
        data = pointed(parse(text), pointer)
    except NotJson as fault:
        raise ValidationException("MapItemReaderData must be valid JSON") from fault
    except UnreadableItems as fault:
        raise ValidationException(f"MapItemReaderData: {fault}") from fault
    if not isinstance(data, list):
        raise ValidationException("MapItemReaderData must be an array")
    return data


def _items(visit: Visit, chosen: Any, data: list[Any] | None) -> list[Any] | None:
    """None for what a reader would read, of which the request says nothing."""
    if "ItemReader" not in visit.said:
        return map_fields.items(visit, chosen)
    if data is not None and _pointer(visit.said):
        visit.seen["afterItemsPointer"] = data
    return data


def _pointer(said: Mapping[str, Any]) -> str:
    """The ItemsPointer of a Map state's reader, empty without one."""
    pointer: str = said.get("ItemReader", {}).get("ReaderConfig", {}).get("ItemsPointer", "")
    return pointer


def _iterations(visit: Visit, chosen: Any, items: list[Any]) -> int:
    """How many there are of these items."""
    given = [
        batch for batch, _ in batches(visit, chosen, map_fields.selected(visit, chosen, items))
    ]
    if "ItemBatcher" in visit.said:
        visit.seen["afterItemBatcher"] = given
    return len(given)
