"""Unpacks a tar.gz that came from outside: inside its directory, and no more than is sensible.

tarfile's own filters are not enough: Pythons before 3.11.4 have none, and a chain of links led
outside through that of later ones (CVE-2025-4517). Here no member is written through a link.
"""

from __future__ import annotations

import os
import posixpath
import tarfile
import zlib
from pathlib import Path
from typing import IO, Any, Self

from local_sagemaker.files.foreign_names import RefusedName, path_below
from local_sagemaker.files.limits import Budget, Counted, Limits, TooLarge

_CHUNK_BYTES = 2**20
_ABOUT_THE_NEXT = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)
_MOST_ABOUT_THE_NEXT_BYTES = 2**20


class _Header(tarfile.TarInfo):
    """Refuses what tarfile would take into memory, or go round in circles for, before it does."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        header = super().frombuf(buf, encoding, errors)
        if header.size < 0:  # CVE-2025-8194
            raise tarfile.ReadError("a member has a negative size")
        if header.type in _ABOUT_THE_NEXT and header.size > _MOST_ABOUT_THE_NEXT_BYTES:
            raise TooLarge(f"A member's name and attributes take {header.size:,} bytes.")
        return header


def unpack_tar(archive: IO[bytes], directory: Path, limits: Limits) -> None:
    """Write the members of a tar.gz below a directory that nobody else writes to.

    Raises:
        RefusedName: a member leaves the directory or is no file, directory or link within it.
        TooLarge: there are more members or bytes than the limits allow.
        tarfile.TarError, EOFError, OSError: it is no tar.gz.
    """
    try:
        _unpack(archive, directory, limits)
    except RefusedName:
        raise
    except (ValueError, LookupError, OverflowError, RecursionError, zlib.error) as fault:
        # Of tarfile, which stumbles over damaged headers in many ways, and calls itself for each
        # header that is about the next one.
        raise tarfile.ReadError(str(fault)) from fault


def _unpack(archive: IO[bytes], directory: Path, limits: Limits) -> None:
    packed = Counted(archive)
    budget = Budget(limits, packed)
    links: set[str] = set()
    stream: Any = packed  # a stream is only read from
    with tarfile.open(fileobj=stream, mode="r|gz", tarinfo=_Header) as members:
        for member in members:
            budget.count_member()
            name = posixpath.normpath(member.name)
            if name == "." and member.isdir():
                continue
            path = _place(member, directory, links)
            try:
                _make_way(member, path, directory)
            except OSError as fault:  # a file that is a folder too, a link to nothing
                raise RefusedName(member.name, f"cannot be written: {fault.strerror}") from fault
            if member.issym():
                links.add(name)
            elif member.isreg():
                content = members.extractfile(member)
                assert content is not None  # it is a file
                with path.open("xb") as file:
                    while chunk := content.read(_CHUNK_BYTES):
                        budget.count_bytes(len(chunk))
                        file.write(chunk)
                path.chmod(0o755 if member.mode & 0o100 else 0o644)


def _make_way(member: tarfile.TarInfo, path: Path, directory: Path) -> None:
    """Make it, or for a file the place where it is written."""
    if member.isdir():
        path.mkdir(parents=True, exist_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)  # not written through, if it is a link
    if member.issym():
        path.symlink_to(member.linkname)
    elif member.islnk():
        os.link(directory / posixpath.normpath(member.linkname), path)


def _place(member: tarfile.TarInfo, directory: Path, links: set[str]) -> Path:
    """Where it goes. Raises RefusedName."""
    if member.name.startswith("/"):
        raise RefusedName(member.name, "is an absolute path")
    path = path_below(directory, member.name)
    if _lead_through(_parts(member.name)[:-1], links):
        raise RefusedName(member.name, "lies behind a link")
    if member.issym() or member.islnk():
        _check_target(member, links)
    elif not (member.isreg() or member.isdir()):
        raise RefusedName(member.name, "is no file, directory or link")
    return path


def _check_target(member: tarfile.TarInfo, links: set[str]) -> None:
    """Links lead down, to names of the archive, and no two of them one after the other.

    Up and through each other, they could lead anywhere.
    """
    target, parts = member.linkname, _parts(member.linkname)
    if target.startswith("/") or ".." in parts or not parts:
        raise RefusedName(member.name, f"is a link that may leave its directory, to {target!r}")
    if member.islnk() and _lead_through(parts, links):
        raise RefusedName(member.name, f"is a link to or behind a link, {target!r}")


def _parts(name: str) -> list[str]:
    return [part for part in name.split("/") if part not in ("", ".")]


def _lead_through(parts: list[str], links: set[str]) -> bool:
    """Whether the path of these parts is a link, or a folder on its way is."""
    return any("/".join(parts[:length]) in links for length in range(1, len(parts) + 1))
