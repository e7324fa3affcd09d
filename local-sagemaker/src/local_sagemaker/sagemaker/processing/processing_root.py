"""The directory that stands for /opt/ml in a processing container."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from local_sagemaker.files.foreign_names import is_within, path_below
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.images.container import HOST

PLACE = Path("/opt/ml/processing")  # in the container
FOLDER = str(PLACE)
_MESSAGE_BYTES = 1024


class NoFolder(Exception):
    """The text says which LocalPath can be no folder, and why."""


class NoText(Exception):
    """The text says what of the container's is not UTF-8."""


class ProcessingRoot:
    """Lays out /opt/ml for one processing job and reads what the container leaves there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        shutil.rmtree(path, ignore_errors=True)
        for part in ("processing", "config", "output"):
            (path / part).mkdir(parents=True)

    def place(self, local_path: str) -> Path:
        """Where a LocalPath, such as /opt/ml/processing/input, lies on this machine."""
        return path_below(self.path / "processing", local_path.removeprefix(f"{FOLDER}/"))

    def make_folder(self, local_path: str) -> Path:
        """The folder of an input or output; it may be there.

        Raises:
            NoFolder: another input has brought a file to it, or to a folder above it.
        """
        path = self.place(local_path)
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise NoFolder(
                f"LocalPath {local_path} is, or lies below, a file of an input."
            ) from fault
        return path

    def write_config(self, description: Document) -> None:
        """Write processingjobconfig.json and resourceconfig.json."""
        self._write("processingjobconfig", description)
        self._write("resourceconfig", {"current_host": HOST, "hosts": [HOST]})

    def files(self, local_path: str) -> Iterator[tuple[Path, str]]:
        """The files of an output with their names below it, in order; links are not followed."""
        root = self.place(local_path)
        if not is_within(root, self.path):
            return
        for folder, folders, names in os.walk(root):
            folders.sort()
            for name in sorted(names):
                path = Path(folder, name)
                if path.is_file() and not path.is_symlink():
                    yield path, str(PurePosixPath(path.relative_to(root)))

    def message(self) -> str:
        """The first KB of what the container has written to /opt/ml/output/message.

        Raises:
            NoText: it is not UTF-8.
        """
        path = self.path / "output" / "message"
        if not path.is_file() or not is_within(path, self.path):
            return ""
        with path.open("rb") as file:
            content = file.read(_MESSAGE_BYTES)
            is_all = not file.read(1)
        try:
            return content.decode()
        except UnicodeDecodeError as fault:
            # A character of several bytes may have been cut in two.
            if is_all or fault.start < _MESSAGE_BYTES - 3:
                raise NoText("/opt/ml/output/message is not UTF-8 encoded.") from fault
            return content[: fault.start].decode()

    def remove(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)

    def _write(self, name: str, content: Document) -> None:
        (self.path / "config" / f"{name}.json").write_text(json.dumps(content))
