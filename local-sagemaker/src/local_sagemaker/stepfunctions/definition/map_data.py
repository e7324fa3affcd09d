"""Map states: what they read from S3, how they batch it, and where their results go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from local_sagemaker.stepfunctions.definition.paths import path_of_input
from local_sagemaker.stepfunctions.definition.place import Fault, Place
from local_sagemaker.stepfunctions.definition.templates import object_template
from local_sagemaker.stepfunctions.definition.values import (
    Field,
    at_most_one,
    computed,
    in_range,
    listed,
    object_faults,
    one_of,
    text,
)

_READERS = re.compile(r"arn:[\w-]+:states:::s3:(getObject|listObjectsV2)")
_WRITERS = re.compile(r"arn:[\w-]+:states:::s3:putObject")
_MOST_BYTES = 262_144  # of a batch
_MOST_ITEMS = 100_000_000

_READER_CONFIG = {
    "InputType": Field(one_of("CSV", "JSON", "JSONL", "MANIFEST", "PARQUET")),
    "CSVHeaderLocation": Field(one_of("FIRST_ROW", "GIVEN")),
    "CSVHeaders": Field(listed(text)),
    "CSVDelimiter": Field(one_of("COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB")),
    "ItemsPointer": Field(text),
    "ManifestType": Field(one_of("ATHENA_DATA", "S3_INVENTORY")),
    "MaxItems": Field(computed(in_range(0, _MOST_ITEMS))),
    "MaxItemsPath": Field(path_of_input, "JSONPath"),
    "Transformation": Field(one_of("NONE", "LOAD_AND_FLATTEN")),
}
_BATCHER = {
    "BatchInput": Field(object_template),
    "MaxItemsPerBatch": Field(computed(in_range(0))),
    "MaxItemsPerBatchPath": Field(path_of_input, "JSONPath"),
    "MaxInputBytesPerBatch": Field(computed(in_range(0, _MOST_BYTES))),
    "MaxInputBytesPerBatchPath": Field(path_of_input, "JSONPath"),
}


def item_reader(value: Any, place: Place) -> Iterator[Fault]:
    fields = {
        "Resource": Field(_reader_resource),
        "ReaderConfig": Field(_reader_config),
        "Parameters": Field(object_template, "JSONPath"),
        "Arguments": Field(object_template, "JSONata"),
    }
    yield from object_faults(value, place, fields, required=("Resource",))


def item_batcher(value: Any, place: Place) -> Iterator[Fault]:
    yield from object_faults(value, place, _BATCHER)
    if isinstance(value, dict):
        items = ("MaxItemsPerBatch", "MaxItemsPerBatchPath")
        size = ("MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath")
        yield from at_most_one(value, items, place)
        yield from at_most_one(value, size, place)
        if not {*items, *size} & set(value):
            yield place.fault(f"You must specify at least one of: {items[0]}, {size[0]}")


def result_writer(value: Any, place: Place) -> Iterator[Fault]:
    writer = {
        "Transformation": Field(one_of("NONE", "COMPACT", "FLATTEN")),
        "OutputType": Field(one_of("JSON", "JSONL")),
    }
    fields = {
        "Resource": Field(_writer_resource),
        "WriterConfig": Field(
            lambda said, at: object_faults(said, at, writer, ("Transformation", "OutputType"))
        ),
        "Parameters": Field(object_template, "JSONPath"),
        "Arguments": Field(object_template, "JSONata"),
    }
    yield from object_faults(value, place, fields)


def _reader_config(value: Any, place: Place) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield place.fault("Expected value of type [OBJECT]")
        return
    is_csv = value.get("InputType") == "CSV"
    fields = {
        name: field
        for name, field in _READER_CONFIG.items()
        if is_csv or not name.startswith("CSV")
    }
    if is_csv and "CSVHeaderLocation" not in value:
        yield place.fault("The field 'CSVHeaderLocation' is required")
    required = ["CSVHeaders"] if is_csv and value.get("CSVHeaderLocation") == "GIVEN" else []
    yield from object_faults(value, place, fields, required)
    yield from at_most_one(value, ("MaxItems", "MaxItemsPath"), place)


def _reader_resource(value: Any, place: Place) -> Iterator[Fault]:
    yield from _allowed(value, _READERS, place)


def _writer_resource(value: Any, place: Place) -> Iterator[Fault]:
    yield from _allowed(value, _WRITERS, place)


def _allowed(value: Any, pattern: re.Pattern[str], place: Place) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield from text(value, place)
    elif not pattern.fullmatch(value):
        yield place.fault("The field 'Resource' does not match any of the allowed values")
