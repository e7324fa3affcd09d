"""Contents of S3's objects are files: a report of 4 MB an execution would fill the memory."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import IO

from moto.s3 import models

from local_sagemaker.services.patching import replace


def install(directory: Path) -> None:
    """Every content is a file of the directory, where moto would hold up to 5 MiB in memory."""
    directory.mkdir(parents=True)
    ObjectContent.directory = directory
    files = SimpleNamespace(SpooledTemporaryFile=ObjectContent)
    replace(models, "tempfile", files)


class ObjectContent:
    """What moto asks of a temporary file; an object that nobody reads has no file open."""

    directory = Path()
    """Where the server has them."""

    def __init__(self, max_size: int = 0) -> None:
        descriptor, self._path = tempfile.mkstemp(dir=self.directory)
        os.close(descriptor)
        self._position = 0
        self._closed = False

    @classmethod
    def of(cls, stream: IO[bytes]) -> ObjectContent:
        """A content with what the stream gives."""
        content = cls()
        with open(content._path, "wb") as file:
            shutil.copyfileobj(stream, file)
        return content

    def copy_to(self, stream: IO[bytes]) -> None:
        """Write all of it; nothing of one that was deleted."""
        if not self._closed:
            with open(self._path, "rb") as file:
                shutil.copyfileobj(file, stream)

    def seek(self, position: int) -> None:
        self._position = position

    def read(self, size: int = -1) -> bytes:
        """Raises ValueError when the object was deleted, as a closed file does."""
        if self._closed:
            raise ValueError("The object was deleted.")
        with open(self._path, "rb") as file:
            file.seek(self._position)
            content = file.read(size)
            self._position = file.tell()
        return content

    def write(self, content: bytes) -> None:
        with open(self._path, "r+b") as file:
            file.seek(self._position)
            file.write(content)
            self._position = file.tell()

    def truncate(self) -> None:
        os.truncate(self._path, self._position)

    def close(self) -> None:
        self._closed = True
        Path(self._path).unlink(missing_ok=True)
