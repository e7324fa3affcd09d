"""What Step Functions refuses in a distributed Map state, and what local AWS lacks of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from local_sagemaker.services.stepfunctions.map_runs.definition import is_distributed, processor_of
from local_sagemaker.services.stepfunctions.map_runs.item_batcher import MOST_BYTES
from local_sagemaker.services.stepfunctions.map_runs.item_reader import GET, INPUT_TYPES, LIST

_DISTRIBUTED = (
    "ItemReader", "ItemBatcher", "ResultWriter", "Label", "ToleratedFailureCount",
    "ToleratedFailureCountPath", "ToleratedFailurePercentage", "ToleratedFailurePercentagePath",
)  # fmt: skip
_EITHER = ("MaxConcurrency", "ToleratedFailureCount", "ToleratedFailurePercentage", "MaxItems",
           "MaxItemsPerBatch", "MaxInputBytesPerBatch")  # fmt: skip
_WAITING = (".sync", ".sync:2", ".waitForTaskToken")


def map_faults(state: dict[str, Any]) -> Iterator[str]:
    """Faults of a Map state, without its place."""
    if not is_distributed(state):
        for field in _DISTRIBUTED if state.get("Type") == "Map" else ():
            if field in state:
                yield f"The field '{field}' is only supported in the DISTRIBUTED processing mode"
        return
    batcher, reader = state.get("ItemBatcher"), state.get("ItemReader")
    config = reader.get("ReaderConfig", {}) if isinstance(reader, dict) else {}
    yield from _said_twice(state, batcher or {}, config)
    yield from _type_faults(processor_of(state))
    if batcher is not None:
        yield from _batcher_faults(batcher)
    if reader is not None:
        yield from _reader_faults(reader, config)


def _said_twice(*fields: dict[str, Any]) -> Iterator[str]:
    for given in fields:
        for name in _EITHER:
            if name in given and f"{name}Path" in given:
                yield f"You must specify only one of: {name}, {name}Path"


def _type_faults(processor: dict[str, Any]) -> Iterator[str]:
    kind = processor["ProcessorConfig"].get("ExecutionType")
    if kind not in ("STANDARD", "EXPRESS"):
        yield "The field 'ExecutionType' must be STANDARD or EXPRESS in the DISTRIBUTED mode"
    if kind == "EXPRESS":
        for name, inner in processor.get("States", {}).items():
            resource = str(inner.get("Resource", ""))
            if resource.endswith(_WAITING) or ":activity:" in resource:
                yield f"Express state machine does not support '{resource}' of the state {name}"


def _batcher_faults(batcher: dict[str, Any]) -> Iterator[str]:
    if not any(name.startswith(("MaxItemsPerBatch", "MaxInputBytesPerBatch")) for name in batcher):
        yield "ItemBatcher needs MaxItemsPerBatch or MaxInputBytesPerBatch"
    longest = batcher.get("MaxInputBytesPerBatch")
    if isinstance(longest, int) and longest > MOST_BYTES:
        yield f"MaxInputBytesPerBatch must be at most {MOST_BYTES}"


def _reader_faults(reader: dict[str, Any], config: dict[str, Any]) -> Iterator[str]:
    resource = reader.get("Resource")
    if resource not in (LIST, GET):
        yield f"ItemReader cannot read from '{resource}'"
    kind = config.get("InputType", "JSON")
    if kind not in INPUT_TYPES or config.get("Transformation", "NONE") != "NONE":
        said = config.get("Transformation", kind) if kind in INPUT_TYPES else kind
        yield f"Local AWS does not read {said}: give CSV, JSON, JSONL or listObjectsV2"
    if kind == "CSV" and config.get("CSVHeaderLocation") not in ("FIRST_ROW", "GIVEN"):
        yield "CSVHeaderLocation must be FIRST_ROW or GIVEN"
    if config.get("CSVHeaderLocation") == "GIVEN" and not config.get("CSVHeaders"):
        yield "CSVHeaders are needed where CSVHeaderLocation is GIVEN"
