"""Unpacks a zip that came from outside: inside its directory, and no more than is allowed."""

from __future__ import annotations

import io
import lzma
import stat
import zipfile
import zlib
from pathlib import Path

from local_sagemaker.files.foreign_names import RefusedName, path_below
from local_sagemaker.files.limits import Budget

_CHUNK_BYTES = 2**20

# By the upper half of `external_attr`; zips that Unix has not made say nothing there. zipfile would
# make a file of a link, which holds the name that the link leads to.
_KINDS = (0, stat.S_IFREG, stat.S_IFDIR)
# What zipfile and its decompressors raise for a zip that is damaged, encrypted or of a kind that
# they do not know.
_FAULTS = (zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, ValueError)


def check_zip(content: bytes, budget: Budget) -> None:
    """Whether unpack_zip would take the zip: it is read to its end, and nothing is written.

    Raises:
        RefusedName, TooLarge: as unpack_zip does.
        zipfile.BadZipFile: it is no zip, or is damaged or encrypted.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                budget.count_member()
                budget.count_bytes(member.file_size)  # zipfile reads no more than this
            _check_names(archive.infolist())
            for member in archive.infolist():
                with archive.open(member) as packed:
                    while packed.read(_CHUNK_BYTES):
                        pass
    except RefusedName:
        raise
    except _FAULTS as fault:
        raise zipfile.BadZipFile(str(fault)) from fault


def _check_names(members: list[zipfile.ZipInfo]) -> None:
    """Raises RefusedName for one that leaves the directory, is two things, or a link."""
    files: dict[Path, str] = {}
    folders: set[Path] = set()
    for member in members:
        path = path_below(Path(), member.filename)
        if stat.S_IFMT(member.external_attr >> 16) not in _KINDS:
            raise RefusedName(member.filename, "is neither a file nor a folder")
        folders.update([path, *path.parents] if member.is_dir() else path.parents)
        if not member.is_dir():
            files[path] = member.filename
    for path, name in files.items():
        if path in folders:
            raise RefusedName(name, "is a file and a folder")


def unpack_zip(content: bytes, directory: Path, budget: Budget) -> None:
    """Write the files of a zip below a directory.

    Raises:
        RefusedName: a name leaves the directory.
        TooLarge: there are more members or bytes than the limits allow.
        zipfile.BadZipFile, NotImplementedError, RuntimeError: it is no zip, or is encrypted.
    """
    directory.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist():
            budget.count_member()
            path = path_below(directory, member.filename)
            if member.is_dir():
                path.mkdir(parents=True, exist_ok=True)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(member) as packed, path.open("wb") as file:
                while chunk := packed.read(_CHUNK_BYTES):
                    budget.count_bytes(len(chunk))
                    file.write(chunk)
