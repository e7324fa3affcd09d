"""ItemReader: the items of a Map Run from S3."""

from __future__ import annotations

import csv
import io
import json
from itertools import islice
from typing import Any

from botocore.exceptions import ClientError
from moto.stepfunctions.parser.asl.utils.boto_client import boto_client_for

from local_sagemaker.services.stepfunctions.map_runs.failures import READER, map_run_failed
from local_sagemaker.services.stepfunctions.map_runs.templates import evaluated, of_fields
from local_sagemaker.services.stepfunctions.task_failure import refusal_cause

LIST, GET = "arn:aws:states:::s3:listObjectsV2", "arn:aws:states:::s3:getObject"
INPUT_TYPES = ("CSV", "JSON", "JSONL")
_MOST_ITEMS = 100_000_000
_DELIMITERS = {"COMMA": ",", "PIPE": "|", "SEMICOLON": ";", "SPACE": " ", "TAB": "\t"}


class _Unreadable(Exception):
    """The items cannot be read; the text is the cause."""


def read_items(env: Any, language: str, reader: dict[str, Any]) -> list[Any]:
    """What the reader's object or listing holds. Raises the failure of the Map Run."""
    template = reader.get("Arguments" if language == "JSONata" else "Parameters", {})
    request = evaluated(env, language, template)
    config = of_fields(env, language, reader.get("ReaderConfig", {}))
    client = boto_client_for(service="s3", region=env.aws_execution_details.region)
    try:
        if reader["Resource"] == LIST:
            items = _listed(client, request)
        else:
            body = client.get_object(**request)["Body"].read()
            items = _parsed(body.decode("utf-8-sig"), config)
    except ClientError as error:
        raise map_run_failed(env, READER, refusal_cause(error, "Amazon S3")) from error
    except (_Unreadable, ValueError) as fault:
        raise map_run_failed(env, READER, str(fault)) from fault
    return items[: int(config.get("MaxItems") or _MOST_ITEMS)]


def _listed(client: Any, request: dict[str, Any]) -> list[Any]:
    pages = client.get_paginator("list_objects_v2").paginate(**request)
    return [
        {
            "Etag": each["ETag"],
            "Key": each["Key"],
            "LastModified": int(each["LastModified"].timestamp()),
            "Size": each["Size"],
            "StorageClass": each["StorageClass"],
        }
        for page in pages
        for each in page.get("Contents", [])
    ]


def _parsed(text: str, config: dict[str, Any]) -> list[Any]:
    kind = config.get("InputType", "JSON")
    if kind == "CSV":
        return _rows(text, config)
    if kind == "JSONL":
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    items = _pointed(json.loads(text), config.get("ItemsPointer", ""))
    if not isinstance(items, list):
        raise _Unreadable("Attempting to map over non-iterable node.")
    return items


def _rows(text: str, config: dict[str, Any]) -> list[Any]:
    """Each row by the names of its columns; a row that is too short has empty text for the rest."""
    delimiter = _DELIMITERS[config.get("CSVDelimiter", "COMMA")]
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    given = config.get("CSVHeaderLocation") == "GIVEN"
    names = list(config["CSVHeaders"]) if given else next(rows, [])
    if len(set(names)) < len(names):
        raise _Unreadable("CSV headers cannot contain duplicates.")
    most = int(config.get("MaxItems") or _MOST_ITEMS)
    return [
        {name: row[at] if at < len(row) else "" for at, name in enumerate(names)}
        for row in islice((row for row in rows if row), most)
    ]


def _pointed(value: Any, pointer: str) -> Any:
    """What a JSON Pointer (RFC 6901) names."""
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        try:
            value = value[int(name)] if isinstance(value, list) else value[name]
        except (KeyError, IndexError, TypeError, ValueError) as fault:
            raise _Unreadable(f"The ItemsPointer '{pointer}' was not found.") from fault
    return value
