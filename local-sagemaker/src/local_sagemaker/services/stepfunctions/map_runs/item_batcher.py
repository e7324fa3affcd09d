"""ItemBatcher: several items for one iteration."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from local_sagemaker.services.stepfunctions.map_runs.failures import TOO_LONG, map_run_failed
from local_sagemaker.services.stepfunctions.map_runs.templates import evaluated, of_fields

MOST_BYTES = 262_144


def batches(
    env: Any, language: str, batcher: dict[str, Any] | None, items: list[Any]
) -> list[tuple[Any, int]]:
    """The input of each iteration with the number of its items; an item each without a batcher."""
    if batcher is None:
        return [(item, 1) for item in items]
    limits = {name: value for name, value in batcher.items() if name != "BatchInput"}
    limits = of_fields(env, language, limits)
    given = evaluated(env, language, batcher["BatchInput"]) if "BatchInput" in batcher else None
    common = {} if given is None else {"BatchInput": given}
    most = int(limits.get("MaxItemsPerBatch") or len(items) or 1)
    longest = min(int(limits.get("MaxInputBytesPerBatch") or MOST_BYTES), MOST_BYTES)
    found = []
    for batch in _packed(items, most, longest - _length(common | {"Items": []})):
        if _length(common | {"Items": batch}) > longest:
            cause = f"An item does not fit into a batch of {longest} bytes."
            raise map_run_failed(env, TOO_LONG, cause)
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
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
