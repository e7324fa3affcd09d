"""Tells whether data or settings are others than they were for an earlier run."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Protocol

from tuning.data.manifest import MAX_BYTES, read_manifest
from tuning.data.s3_location import ChannelObject, S3Location
from tuning.execution_input.channel import Channel
from tuning.execution_input.execution_input import ExecutionInput
from tuning.variables.last_run import Fingerprint

# Of all channels together; listing takes a call for each thousand, and PlanTuning two minutes.
MAX_OBJECTS = 100_000
# They say when to tune and how to go on, not what is tuned.
_NOT_COMPARED = {"retune_when", "retune_margin", "max_cost", "monthly_budget", "json_schema"}


class ChannelReader(Protocol):
    """Reads S3; the module tuning.aws.objects is one."""

    def iterate_channel(self, location: S3Location) -> Iterator[ChannelObject]: ...

    def read_start(self, location: S3Location, size_bytes: int) -> bytes: ...


def fingerprint(
    run: ExecutionInput, channels: Iterable[Channel], reader: ChannelReader
) -> Fingerprint:
    """Of a run that was checked, whose channels are there. `channels` are all that it reads."""
    return Fingerprint(settings=_settings(run), data=_data(channels, reader))


def _settings(run: ExecutionInput) -> str:
    documents = [
        alone.model_dump(mode="json", exclude=_NOT_COMPARED) for _, alone in run.definitions
    ]
    whole = run.model_dump(mode="json", exclude=_NOT_COMPARED)
    return _digest(json.dumps([whole, *documents], sort_keys=True))


def _data(channels: Iterable[Channel], reader: ChannelReader) -> str | None:
    """None when there are too many objects to look at."""
    places = sorted({(channel.s3_uri, channel.s3_data_type) for channel in channels})
    lines = (
        f"{entry.key} {entry.size_bytes} {entry.etag}"
        for uri, kind in places
        for entry in _objects(S3Location.of(uri), kind, reader)
    )
    found = list(islice(lines, MAX_OBJECTS + 1))
    return None if len(found) > MAX_OBJECTS else _digest("\n".join([*map(str, places), *found]))


def _objects(place: S3Location, kind: str, reader: ChannelReader) -> Iterator[ChannelObject]:
    """An upload changes an object's entity tag, in buckets with versions and in others."""
    yield from reader.iterate_channel(place)
    if kind == "ManifestFile":
        yield from _listed_in(place, reader)


def _listed_in(manifest: S3Location, reader: ChannelReader) -> Iterator[ChannelObject]:
    listed = read_manifest(reader.read_start(manifest, MAX_BYTES))
    keys = {place.key for place in listed}
    shared = os.path.commonprefix(list(keys))  # noqa: RUF071 - S3 lists by characters
    found = reader.iterate_channel(S3Location(listed[0].bucket, shared))
    return (entry for entry in found if entry.key in keys)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
