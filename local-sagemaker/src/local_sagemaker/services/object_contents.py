"""Contents of S3's objects are files: a report of 4 MB an execution would fill the memory."""

from __future__ import annotations

import os
import tempfile
from functools import partial
from pathlib import Path
from types import SimpleNamespace

from moto.s3 import models

from local_sagemaker.services.patching import replace


def install(directory: Path) -> None:
    """Every content is a file of the directory, where moto would hold up to 5 MiB in memory."""
    directory.mkdir(parents=True)
    files = SimpleNamespace(SpooledTemporaryFile=partial(_ObjectContent, directory))
    replace(models, "tempfile", files)


class _ObjectContent:
    """What moto asks of a temporary file; an object that nobody reads has no file open."""

    def __init__(self, directory: Path, max_size: int) -> None:
        descriptor, self._path = tempfile.mkstemp(dir=directory)
        os.close(descriptor)
        self._position = 0
        self._closed = False

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
