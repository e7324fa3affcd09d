"""Brings the objects of a channel from S3 to input/data/<channel>, or into a pipe."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

from local_sagemaker.files.foreign_names import RefusedName, path_below
from local_sagemaker.sagemaker.algorithms.algorithm import Algorithm
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.jobs.pipes import Pipe, in_order
from local_sagemaker.sagemaker.jobs.transfer import IN_THIS_THREAD, TransferFailed, transfer
from local_sagemaker.sagemaker.s3_location import S3Location

_DOWNLOAD = "Data download"  # in SageMaker's words


def _always() -> bool:
    return True


def check_channel(channel: dict[str, Any], algorithm: Algorithm, *, input_mode: str) -> None:
    """Refuse what cannot be brought in on this machine.

    Raises:
        ValidationException: names the channel, the member and what to write instead.
    """
    name = channel["ChannelName"]
    source = channel["DataSource"].get("S3DataSource")
    if source is None:
        raise ValidationException(
            f"Channel '{name}': local AWS reads data from S3 only; give DataSource.S3DataSource."
        )
    if source["S3DataType"] not in ("S3Prefix", "ManifestFile"):
        raise ValidationException(
            f"Channel '{name}': local AWS reads S3DataType S3Prefix and ManifestFile, "
            f"not '{source['S3DataType']}'."
        )
    for member in ("AttributeNames", "InstanceGroupNames", "ModelAccessConfig", "HubAccessConfig"):
        if member in source:
            raise ValidationException(
                f"Channel '{name}': local AWS has no S3DataSource.{member}; leave it out."
            )
    if channel.get("RecordWrapperType", "None") != "None":
        raise ValidationException(
            f"Channel '{name}': RecordWrapperType {channel['RecordWrapperType']} is for Pipe mode; "
            "leave it out or set it to None."
        )
    if channel.get("InputMode", input_mode) == "Pipe" and not algorithm.reads_pipes:
        raise ValidationException(
            f"Channel '{name}': local AWS brings data in as files; TrainingInputMode Pipe is not "
            f"there for {algorithm.name}. Use File."
        )
    if channel.get("CompressionType", "None") != "None":
        raise ValidationException(
            f"Channel '{name}': CompressionType {channel['CompressionType']} is for Pipe mode; "
            "leave it out or set it to None."
        )


def check_names(channels: list[dict[str, Any]]) -> None:
    """Each channel is a directory of its name.

    Raises:
        ValidationException: names the channel.
    """
    names = [channel["ChannelName"] for channel in channels]
    for name in names:
        if name in (".", ".."):
            raise ValidationException(f"'{name}' names no channel; use letters.")
        if names.count(name) > 1:
            raise ValidationException(f"Channel names must be unique; '{name}' is given twice.")


def open_pipe(client: Any, channel: dict[str, Any], directory: Path) -> Pipe:
    """Stream every object of a channel to a pipe beside the directory.

    Raises:
        TransferFailed: no object, no bucket, no permission, or no manifest.
    """
    source = channel["DataSource"]["S3DataSource"]
    with transfer(_DOWNLOAD, source["S3Uri"]):
        objects = [(bucket, key) for bucket, key, _ in _listed(client, source)]
    if not objects:
        raise _nothing(source["S3Uri"])
    return Pipe(client, in_order(objects, channel.get("ShuffleConfig")), directory)


def download(
    client: Any, source: dict[str, Any], directory: Path, wanted: Callable[[], bool] = _always
) -> None:
    """Write every object of an S3DataSource below the directory, as long as they are wanted.

    Raises:
        TransferFailed: no object, no bucket, no permission, or no manifest.
    """
    directory.mkdir(parents=True, exist_ok=True)
    with transfer(_DOWNLOAD, source["S3Uri"]):
        found = _download(client, _listed(client, source), directory, wanted)
    if wanted() and not found:
        raise _nothing(source["S3Uri"])


def _listed(client: Any, source: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Bucket, key and local name of every object of an S3DataSource."""
    location = S3Location.parse(source["S3Uri"])
    if source["S3DataType"] == "ManifestFile":
        return _manifest(client, location)
    return _objects(client, location)


def _nothing(uri: str) -> TransferFailed:
    return TransferFailed(
        _DOWNLOAD, f'No S3 objects found under S3 URL "{uri}" given in input data source.'
    )


def download_prefix(
    client: Any, source: S3Location, directory: Path, wanted: Callable[[], bool] = _always
) -> None:
    """Write every object of a prefix below the directory; there may be none."""
    _download(client, _objects(client, source), directory, wanted)


def _download(
    client: Any,
    objects: Iterator[tuple[str, str, str]],
    directory: Path,
    wanted: Callable[[], bool],
) -> int:
    """How many there were; a job may be stopped while the many of a prefix are on their way."""
    count = 0
    for bucket, key, name in takewhile(lambda _: wanted(), objects):
        count += 1
        try:
            target = path_below(directory, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            client.download_file(bucket, key, str(target), Config=IN_THIS_THREAD)
        except RefusedName as refusal:
            raise _refused(bucket, refusal) from refusal
        except OSError as fault:  # a name that is a file and a folder
            reason = f"cannot be written: {os.strerror(fault.errno or 0)}"
            raise _refused(bucket, RefusedName(name, reason)) from fault
        except UnicodeEncodeError as fault:
            raise _refused(bucket, RefusedName(name, "is no text, as keys are")) from fault
    return count


def _refused(bucket: str, refusal: RefusedName) -> TransferFailed:
    return TransferFailed(_DOWNLOAD, f"{refusal} (s3://{bucket}/)")


def _objects(client: Any, source: S3Location) -> Iterator[tuple[str, str, str]]:
    for page in client.get_paginator("list_objects_v2").paginate(
        Bucket=source.bucket, Prefix=source.key
    ):
        for entry in page.get("Contents", []):
            # A key that ends in a slash is a console folder, not data.
            if not entry["Key"].endswith("/"):
                yield source.bucket, entry["Key"], local_name(source.key, entry["Key"])


def local_name(prefix: str, key: str) -> str:
    """Where an object of a prefix goes below the channel's directory.

    A prefix is text, not a folder: `data/train` also matches `data/train2/a.csv`.
    """
    if key.startswith(f"{prefix.rstrip('/')}/"):
        return key[len(prefix.rstrip("/")) + 1 :]
    return key[prefix.rfind("/") + 1 :]


def _manifest(client: Any, manifest: S3Location) -> Iterator[tuple[str, str, str]]:
    """A manifest is a JSON list: {"prefix": "s3://..."} and then the rest of each key."""
    body = client.get_object(Bucket=manifest.bucket, Key=manifest.key)["Body"].read()
    try:
        first, *names = json.loads(body)
        prefix = first["prefix"]
        locations = [S3Location.parse(prefix + name) for name in names]
    except (ValueError, TypeError, KeyError, RecursionError, ValidationException) as fault:
        raise TransferFailed(
            _DOWNLOAD,
            f'{manifest} is not a manifest: write [{{"prefix": "s3://bucket/prefix/"}}, '
            '"key", "another key"].',
        ) from fault
    for location, name in zip(locations, names, strict=True):
        yield location.bucket, location.key, name
