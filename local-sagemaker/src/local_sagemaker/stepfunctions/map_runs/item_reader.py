"""ItemReader: the items of a Map Run from S3.

An object, those that a manifest names, or a listing; with LOAD_AND_FLATTEN what the listed objects
hold. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from botocore.exceptions import BotoCoreError, ClientError

from local_sagemaker.stepfunctions.engine.visit import Visit
from local_sagemaker.stepfunctions.map_runs.failures import READER, map_run_failed, s3_failed
from local_sagemaker.stepfunctions.map_runs.fields import arguments, settings
from local_sagemaker.stepfunctions.map_runs.item_formats import UnreadableItems, parsed
from local_sagemaker.stepfunctions.map_runs.s3_client import s3_of

_MOST_ITEMS = 100_000_000


class ItemReader:
    """Evaluated for one state; `items` then reads. Raises States.Runtime for bad settings."""

    def __init__(self, visit: Visit, chosen: Any) -> None:
        said = visit.said["ItemReader"]
        self._lists = said["Resource"].endswith(":listObjectsV2")
        self._request = arguments(visit, chosen, said, "ItemReader")
        self._config = settings(visit, chosen, said.get("ReaderConfig", {}), "ReaderConfig")
        self._s3 = s3_of(visit)

    def items(self) -> list[Any]:
        """Raises the failure of the Map Run."""
        most = int(self._config.get("MaxItems") or _MOST_ITEMS)
        if most < 0:
            raise map_run_failed(READER, "field MaxItems must be positive")
        try:
            found = self._listed() if self._lists else self._held()
        except (ClientError, BotoCoreError) as error:
            raise s3_failed(READER, error) from error
        except UnreadableItems as fault:
            raise map_run_failed(READER, str(fault)) from fault
        return found[:most]

    def _listed(self) -> list[Any]:
        pages = self._s3.get_paginator("list_objects_v2").paginate(**self._request)
        found = [
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
        if self._config.get("Transformation", "NONE") == "NONE":
            return found
        return self._loaded((self._request["Bucket"], each["Key"]) for each in found)

    def _held(self) -> list[Any]:
        body = self._body(**self._request)
        if self._config.get("ManifestType") == "ATHENA_DATA":
            return self._loaded(_athena_places(body))
        if self._config.get("InputType") == "MANIFEST":
            return self._inventory(body)
        return parsed(body, self._config)

    def _inventory(self, body: bytes) -> list[Any]:
        """The rows of an S3 inventory's files, by the columns that its manifest names."""
        try:
            (manifest,) = parsed(b"[" + body + b"]", {})
            names = [name.strip() for name in manifest["fileSchema"].split(",")]
            bucket = manifest["destinationBucket"].rsplit(":", 1)[-1]
            kind = manifest["fileFormat"]
            files = [(bucket, each["key"]) for each in manifest["files"]]
        except (ValueError, TypeError, KeyError, AttributeError) as fault:
            raise UnreadableItems("The object is no manifest of an S3 inventory.") from fault
        if kind != "CSV":
            raise UnreadableItems(f"Inventories are read as CSV, not {kind}.")
        whole = {"InputType": "CSV", "CSVHeaderLocation": "GIVEN", "CSVHeaders": names}
        return [row for place in files for row in parsed(self._body_at(place), whole)]

    def _loaded(self, places: Iterable[tuple[str, str]]) -> list[Any]:
        return [item for place in places for item in parsed(self._body_at(place), self._config)]

    def _body_at(self, place: tuple[str, str]) -> bytes:
        bucket, key = place
        return self._body(Bucket=bucket, Key=key)

    def _body(self, **request: Any) -> bytes:
        body: bytes = self._s3.get_object(**request)["Body"].read()
        return body


def _athena_places(body: bytes) -> list[tuple[str, str]]:
    """Bucket and key of each object, a line of `s3://bucket/key`. Raises UnreadableItems."""
    try:
        places = [urlsplit(line.strip()) for line in body.decode().split("\n") if line.strip()]
    except ValueError as fault:
        raise UnreadableItems(f"The object is no manifest of Athena's: {fault}") from fault
    return [(place.netloc, place.path.lstrip("/")) for place in places]
