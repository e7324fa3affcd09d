"""ItemBatcher: several items for one iteration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from local_sagemaker.stepfunctions.engine.visit import Visit
from local_sagemaker.stepfunctions.json_text import MOST_BYTES, to_text
from local_sagemaker.stepfunctions.map_runs.failures import TOO_LONG, map_run_failed
from local_sagemaker.stepfunctions.map_runs.fields import evaluated, settings


def batches(visit: Visit, chosen: Any, items: list[Any]) -> list[tuple[Any, int]]:
    """The input of each iteration with the number of its items; an item each without a batcher."""
    batcher = visit.said.get("ItemBatcher")
    if batcher is None:
        return [(item, 1) for item in items]
    said = {name: value for name, value in batcher.items() if name != "BatchInput"}
    limits = settings(visit, chosen, said, "ItemBatcher")
    common = {}
    if "BatchInput" in batcher:
        common["BatchInput"] = evaluated(
            visit, chosen, batcher["BatchInput"], "ItemBatcher/BatchInput"
        )
    most = int(limits.get("MaxItemsPerBatch") or len(items) or 1)
    longest = min(int(limits.get("MaxInputBytesPerBatch") or MOST_BYTES), MOST_BYTES)
    found = []
    for batch in _packed(items, most, longest - _length(common | {"Items": []})):
        if _length(common | {"Items": batch}) > longest:
            raise map_run_failed(TOO_LONG, f"An item does not fit into a batch of {longest} bytes.")
        found.append((common | {"Items": batch}, len(batch)))
    return found


def _packed(items: list[Any], most: int, room: int) -> Iterator[list[Any]]:
    batch: list[Any] = []
    used = 0
    for item in items:
        length = _length(item) + 1
        if batch and (len(batch) == most or used + length > room + 1):
            yield batch
            batch, used = [], 0
        batch.append(item)
        used += length
    if batch:
        yield batch


def _length(value: Any) -> int:
    return len(to_text(value).encode())
