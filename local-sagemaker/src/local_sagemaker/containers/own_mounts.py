"""A view of this machine's files that a process of Linux has alone: a mount namespace.

Who is not root becomes one of a user namespace, where nothing of the machine's can be changed
(man 7 mount_namespaces, user_namespaces). The calls are the C library's: Python has `os.unshare`
from 3.12 on, and no mount.
"""

from __future__ import annotations

import ctypes
import os
import sys
import tempfile
from pathlib import Path

_NEW_MOUNTS, _NEW_USER = 0x00020000, 0x10000000  # CLONE_NEWNS, CLONE_NEWUSER of <sched.h>
_BIND, _MOVE, _RECURSIVE, _PRIVATE = 0x1000, 0x2000, 0x4000, 0x40000  # MS_* of <sys/mount.h>


def show(folder: Path, place: Path) -> bool:
    """Whether `folder` lies at `place` from now on, to this process and those it starts.

    `place` need not be there, its parent must. To be called while this process has one thread.
    False where the system does not let it; then everything is as before.
    """
    if sys.platform != "linux" or not place.parent.is_dir():
        return False
    try:
        _unshare()
        _mount("none", Path("/"), _RECURSIVE | _PRIVATE)
        if not place.is_dir():
            _make_room(place, folder)
        _mount(str(folder), place, _BIND)
    except OSError:
        return False
    return True


def _unshare() -> None:
    user, group = os.geteuid(), os.getegid()
    try:
        _call("unshare", _NEW_MOUNTS)
    except PermissionError:
        _call("unshare", _NEW_MOUNTS | _NEW_USER)
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


def _make_room(place: Path, scratch: Path) -> None:
    """Let the parent of `place` be a folder in memory that has `place`, and all it had before."""
    room = Path(tempfile.mkdtemp(dir=scratch))
    try:
        _mount("tmpfs", room, 0, kind="tmpfs")
        for entry in place.parent.iterdir():
            _repeat(entry, room / entry.name)
        (room / place.name).mkdir()
        _mount(str(room), place.parent, _MOVE)
    finally:
        room.rmdir()


def _repeat(entry: Path, copy: Path) -> None:
    if entry.is_symlink():
        copy.symlink_to(entry.readlink())
        return
    if entry.is_dir():
        copy.mkdir()
    else:
        copy.touch()
    _mount(str(entry), copy, _BIND | _RECURSIVE)


def _mount(source: str, target: Path, flags: int, kind: str | None = None) -> None:
    name = None if kind is None else kind.encode()
    _call("mount", source.encode(), os.fsencode(target), name, ctypes.c_ulong(flags), None)


def _call(name: str, *arguments: object) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    if getattr(library, name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
