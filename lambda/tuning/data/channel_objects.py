"""The objects of a channel that are looked at: those under a prefix, or some of a manifest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Protocol

from tuning.data.manifest import MAX_BYTES, read_manifest
from tuning.data.s3_location import S3Location, S3Object
from tuning.errors import Fault, InvalidInput, MissingData
from tuning.execution_input.channel import Channel

LISTED = 4  # objects of a manifest that are asked for, beside its last


class ObjectLister(Protocol):
    """Reads S3; the module tuning.aws.objects is one."""

    def list_objects(self, location: S3Location) -> list[S3Object]: ...

    def read_start(self, location: S3Location, size_bytes: int) -> bytes: ...


@dataclass(frozen=True)
class ChannelObjects:
    """Up to 1000 objects, all in one bucket, with data or empty.

    `place` is the prefix, or the manifest. Of a manifest there are some objects; `more` says that
    it lists others.
    """

    place: S3Location
    bucket: str
    listed: list[S3Object]
    more: bool = False
    is_prefix: bool = True

    @property
    def objects(self) -> list[S3Object]:
        """Those with data."""
        return [entry for entry in self.listed if entry.size_bytes]

    @property
    def size_bytes(self) -> int:
        """Of what was listed; the channel may hold more."""
        return sum(entry.size_bytes for entry in self.listed)

    def path_of(self, entry: S3Object) -> PurePosixPath:
        """Where a training job finds it, within the folder of the channel."""
        start = self.place.key if self.is_prefix else entry.key.rpartition("/")[0]
        return PurePosixPath(entry.key.removeprefix(start).strip("/") or entry.key.split("/")[-1])

    @property
    def data_objects(self) -> list[S3Object]:
        """Without markers such as Spark's _SUCCESS, unless there is nothing else."""
        named = [each for each in self.objects if not each.key.split("/")[-1].startswith("_")]
        return named or self.objects

    @property
    def first(self) -> S3Location:
        return S3Location(self.bucket, self.data_objects[0].key)


@contextmanager
def read_for(field: str) -> Iterator[None]:
    """Puts the field of the input before a MissingData that is raised within."""
    try:
        yield
    except MissingData as fault:
        raise MissingData(f"{field} = {fault}") from fault


def find_objects(field: str, channel: Channel, data: ObjectLister) -> ChannelObjects:
    """The objects of a channel; under a prefix there may be none.

    Raises:
        InvalidInput: the object is no manifest.
        MissingData: the bucket, the manifest, or an object that it lists, is not there.
    """
    place = S3Location.of(channel.s3_uri)
    if channel.s3_data_type == "ManifestFile":
        return _of_manifest(field, place, data)
    with read_for(field):
        listed = data.list_objects(place)
    return ChannelObjects(place, place.bucket, listed)


def _of_manifest(field: str, place: S3Location, data: ObjectLister) -> ChannelObjects:
    field = f"{field}.S3Uri"
    with read_for(field):
        content = data.read_start(place, MAX_BYTES) if _find(place, data) else None
    if content is None:
        raise MissingData(f"{field} = '{place}': There is no such manifest. Upload it.")
    try:
        listed = read_manifest(content)
    except ValueError as fault:
        rule, fix = f"{str(fault)[0].upper()}{str(fault)[1:]}.", "Write it so, or use S3Prefix."
        raise InvalidInput([Fault(field, str(place), rule, fix)]) from fault
    looked_at = [listed[len(listed) * step // LISTED] for step in range(min(LISTED, len(listed)))]
    found: list[S3Object] = []
    for entry in dict.fromkeys((*looked_at, listed[-1])):
        with read_for(field):
            listed_object = _find(entry, data)
        if listed_object is None:
            raise MissingData(
                f"{field} = '{place}': There is no {entry} with data, which it lists."
            )
        found.append(listed_object)
    more = len(set(listed)) > len(found)
    return ChannelObjects(place, listed[0].bucket, found, more=more, is_prefix=False)


def _find(place: S3Location, data: ObjectLister) -> S3Object | None:
    """The object with exactly this key, unless it is empty."""
    found = (entry for entry in data.list_objects(place) if entry.key == place.key)
    return next((entry for entry in found if entry.size_bytes), None)
