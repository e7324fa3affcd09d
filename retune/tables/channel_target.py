"""Where the channels of a table are put: all of them, or nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from boto3.exceptions import S3UploadFailedError
from botocore.exceptions import BotoCoreError, ClientError
from tuning.data.s3_location import S3Location

from retune.aws import Aws
from retune.errors import FailedError, InputError
from retune.tables.table_source import location_of


class ChannelTarget(Protocol):
    """A folder that is empty until all channels are whole."""

    def uri(self, channel: str) -> str:
        """S3 URI of a channel, with BUCKET for one that is to be uploaded."""
        ...

    def staging(self) -> Any:
        """A context: the folder to write channels into. What is not put goes with it."""
        ...

    def put(self, staged: Path) -> None: ...


def target_of(place: str, source: str, argument: str, upload: str = "data") -> ChannelTarget:
    """InputError unless it is empty and outside the source, which is that argument.

    `upload` is the folder of the data bucket that a folder of this machine is to be uploaded to.
    """
    if place.startswith("s3://"):
        location = location_of(place, "TARGET")
        folder = S3Location(location.bucket, location.key.rstrip("/") + "/" * bool(location.key))
        if source.startswith("s3://") and str(folder).startswith(f"{source.rstrip('/')}/"):
            raise _inside(place, argument)
        return S3Target.empty(folder, Aws().client("s3"))
    path = Path(place).resolve()
    if not source.startswith("s3://") and path.is_relative_to(Path(source).resolve()):
        raise _inside(place, argument)
    return LocalTarget.empty(path, upload)


def _inside(place: str, argument: str) -> InputError:
    return InputError(
        f"TARGET {place!r} is inside {argument}, whose rows would be split again with the next "
        "ones. Name a folder beside it."
    )


def _not_empty(place: str) -> InputError:
    return InputError(
        f"TARGET {place!r} is not empty. Name another folder, or empty it yourself. Nothing is "
        "printed: a file that the output was to go to, such as input.json, is empty now."
    )


class LocalTarget:
    """A folder of this machine; channels are written beside it and moved in one step."""

    def __init__(self, path: Path, upload: str) -> None:
        self._path, self._upload = path, upload

    @classmethod
    def empty(cls, path: Path, upload: str) -> LocalTarget:
        if path.exists() and not (path.is_dir() and not any(path.iterdir())):
            raise _not_empty(str(path))
        return cls(path, upload)

    def uri(self, channel: str) -> str:
        return f"s3://BUCKET/{self._upload}/{channel}/"

    @contextmanager
    def staging(self) -> Iterator[Path]:
        parent = next(folder for folder in self._path.parents if folder.is_dir())
        with tempfile.TemporaryDirectory(prefix=".retune-channels-", dir=parent) as beside:
            folder = Path(beside) / "channels"
            folder.mkdir()
            yield folder

    def put(self, staged: Path) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        staged.replace(self._path)


class S3Target:
    """A prefix; channels are written to this machine and uploaded when all are whole."""

    def __init__(self, folder: S3Location, s3: Any) -> None:
        self._folder, self._s3 = folder, s3

    @classmethod
    def empty(cls, folder: S3Location, s3: Any) -> S3Target:
        answer = s3.list_objects_v2(Bucket=folder.bucket, Prefix=folder.key, MaxKeys=1)
        if answer.get("Contents"):
            raise _not_empty(str(folder))
        return cls(folder, s3)

    def uri(self, channel: str) -> str:
        return f"{self._folder}{channel}/"

    @contextmanager
    def staging(self) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(prefix="retune-channels-") as folder:
            yield Path(folder)

    def put(self, staged: Path) -> None:
        """Takes back what it has uploaded when an upload fails, or is interrupted."""
        bucket, keys = self._folder.bucket, []
        try:
            for file in sorted(file for file in staged.rglob("*") if file.is_file()):
                keys.append(f"{self._folder.key}{file.relative_to(staged).as_posix()}")
                self._s3.upload_file(str(file), bucket, keys[-1])
        except BaseException as error:
            for key in keys:
                with suppress(ClientError, BotoCoreError):
                    self._s3.delete_object(Bucket=bucket, Key=key)
            if isinstance(error, S3UploadFailedError):
                raise FailedError(f"Nothing is left in {self._folder}: {error}") from error
            raise
