"""Where a table lies: a file, a folder with all below it, or the same in S3."""

from __future__ import annotations

import io
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Protocol, cast

from tuning.data.s3_location import S3Location

from retune.aws import Aws
from retune.errors import InputError

_BUFFER_BYTES = 1024 * 1024


class TableSource(Protocol):
    """The objects with data, in an order of their own.

    `open` streams one; `fetch` gives one as a file of this machine, in the folder if need be.
    """

    def names(self) -> list[str]: ...

    def open(self, name: str) -> BinaryIO: ...

    def fetch(self, name: str, folder: Path) -> Path: ...


def source_of(place: str, argument: str) -> TableSource:
    """InputError, which names the argument, for what is neither."""
    if not place.startswith("s3://"):
        return LocalSource(Path(place), argument)
    return S3Source(location_of(place, argument), argument, Aws().client("s3"))


def location_of(place: str, argument: str) -> S3Location:
    location = S3Location.parse(place)
    if location is None:
        raise InputError(f"{argument} {place!r} is no s3://bucket/folder/.")
    return location


class LocalSource:
    """A file, or every file of a folder."""

    def __init__(self, path: Path, argument: str) -> None:
        self._path, self._argument = path, argument

    def names(self) -> list[str]:
        if self._path.is_file():
            return [str(self._path)]
        if not self._path.is_dir():
            raise InputError(f"{self._argument} {str(self._path)!r} is no file and no folder.")
        files = sorted(file for file in self._path.rglob("*") if file.is_file())
        below = [file.relative_to(self._path).as_posix() for file in files if file.stat().st_size]
        return [str(self._path / name) for name in self._without_hidden(below)]

    def _without_hidden(self, below: Sequence[str]) -> Sequence[str]:
        return without_hidden(below, f"{self._argument} {str(self._path)!r}")

    def open(self, name: str) -> BinaryIO:
        return open(name, "rb")

    def fetch(self, name: str, folder: Path) -> Path:
        return Path(name)


class S3Source:
    """An object, or every object of a folder: other than a channel's prefix, no sibling of it."""

    def __init__(self, location: S3Location, argument: str, s3: Any) -> None:
        self._location, self._argument, self._s3 = location, argument, s3

    def names(self) -> list[str]:
        bucket, key = self._location.bucket, self._location.key
        folder = key if key.endswith("/") or not key else f"{key}/"
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=key)
        keys = [
            entry["Key"]
            for page in pages
            for entry in page.get("Contents", [])
            if entry["Size"] and (entry["Key"] == key or entry["Key"].startswith(folder))
        ]
        shown = without_hidden(keys, f"{self._argument} {str(self._location)!r}")
        return [f"s3://{bucket}/{key}" for key in shown]

    def open(self, name: str) -> BinaryIO:
        place = S3Location.of(name)
        body = self._s3.get_object(Bucket=place.bucket, Key=place.key)["Body"]
        return cast(BinaryIO, io.BufferedReader(body, _BUFFER_BYTES))

    def fetch(self, name: str, folder: Path) -> Path:
        place = S3Location.of(name)
        path = folder / sha256(name.encode()).hexdigest()  # a key may be no name of a file
        self._s3.download_file(place.bucket, place.key, str(path))
        return path


def without_hidden(names: Sequence[str], place: str) -> Sequence[str]:
    """InputError for hidden files, which training refuses too, and for nothing at all."""
    hidden = [name for name in names if PurePosixPath(name).name.startswith(".")]
    if hidden:
        raise InputError(f"{place} has a hidden file, {hidden[0]!r}. Delete it.")
    if not names:
        raise InputError(f"{place} has no file with data.")
    return names
