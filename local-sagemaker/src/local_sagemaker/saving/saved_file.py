"""The file: a zip whose members are stored as they are, so that none holds more than it shows.

state.json says which version has written it, and is what the encoder has made; contents/ are the
objects of S3. A zip has its list at its end: a file that was cut off has none.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

import local_sagemaker
from local_sagemaker.saving.encoder import Keep
from local_sagemaker.saving.errors import DamagedError, SavingError
from local_sagemaker.services.object_contents import ObjectContent

_FORM = "local-sagemaker state"
_STATE = "state.json"


@cache
def written_by() -> str:
    """This version: of the distribution, of its code, and of moto, whose objects are saved."""
    code = hashlib.sha256()
    root = Path(local_sagemaker.__file__).parent
    for file in sorted(root.rglob("*.py")):
        code.update(str(file.relative_to(root)).encode() + b"\0" + file.read_bytes() + b"\0")
    own = f"{version('local-sagemaker')}+{code.hexdigest()[:12]}"
    return f"local-sagemaker {own} with moto {version('moto')}"


def write(path: Path, make: Callable[[Keep], dict[str, Any]]) -> None:
    """Write the file, or leave what is there. `make` is told how to keep contents.

    Nobody but its owner can read it. Raises SavingError when it cannot be written.
    """
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file, zipfile.ZipFile(file, "w") as archive:
                state = make(_Contents(archive).keep)
                whole = {"form": _FORM, "written by": written_by(), **state}
                archive.writestr(_STATE, json.dumps(whole))
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
    except OSError as fault:
        raise SavingError(f"{path} cannot be written: {fault.strerror or fault}.") from fault


class _Contents:
    """The members of contents/; bytes that are the same are one."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names: dict[bytes, str] = {}

    def keep(self, content: ObjectContent | bytes) -> str:
        """Write a content, and give its name."""
        name = f"contents/{len(self._archive.filelist)}"
        if isinstance(content, bytes):
            digest = hashlib.sha256(content).digest()
            if digest not in self._names:
                self._archive.writestr(name, content)
                self._names[digest] = name
            return self._names[digest]
        with self._archive.open(name, "w", force_zip64=True) as member:
            content.copy_to(member)
        return name


class SavedFile:
    """A file that was written, open to be read."""

    def __init__(self, path: Path) -> None:
        """Raises SavingError for one that cannot be read, and for one of another version."""
        self._path = path
        try:
            self._archive = zipfile.ZipFile(path)
        except OSError as fault:
            raise SavingError(f"{path} cannot be read: {fault.strerror or fault}.") from fault
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as fault:
            raise self.damaged(f"{fault}.") from fault
        self.state: dict[str, Any] = self._read_state()

    def damaged(self, why: str) -> DamagedError:
        """What to say of it."""
        return DamagedError(f"{self._path} is no saved state, or is not whole: {why}")

    @contextmanager
    def content(self, name: str) -> Iterator[IO[bytes]]:
        """A member of contents/, to be read. Raises DamagedError."""
        try:
            with self._archive.open(self._member(str(name))) as content:
                yield content
        except (KeyError, zipfile.BadZipFile, ValueError, NotImplementedError) as fault:
            raise DamagedError(f"The content {name!r:.100} is not there, or not whole.") from fault

    def __enter__(self) -> SavedFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def _read_state(self) -> dict[str, Any]:
        try:
            state = json.loads(self._archive.read(self._member(_STATE)))
        except (KeyError, zipfile.BadZipFile, ValueError, RecursionError) as fault:
            raise self.damaged(f"{fault}.") from fault
        if not isinstance(state, dict) or state.get("form") != _FORM:
            raise self.damaged("it does not say what it is.")
        if state.get("written by") != written_by():
            raise SavingError(
                f"{self._path} was written by {state.get('written by')!s:.200}; this is "
                f"{written_by()}. A state is loaded by the version that has saved it."
            )
        return state

    def _member(self, name: str) -> zipfile.ZipInfo:
        """One that is stored as it is: a packed one could fill a disk. Raises KeyError."""
        member = self._archive.getinfo(name)
        if member.compress_type != zipfile.ZIP_STORED or member.flag_bits & 1:
            raise ValueError(f"{name} is packed")
        return member
