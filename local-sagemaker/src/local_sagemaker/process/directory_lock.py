"""Whose a directory is: a lock on a file in it, which the kernel frees when its server has ended.

Whoever starts a server takes the lock first and hands it down, so that of two who start one at the
same time one has the directory from the beginning. What is written in the directory decides
nothing: it may be old or damaged.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Self

import psutil

_PROGRAMS = ("local_sagemaker", "local-sagemaker")  # of which `run` is the server


@dataclass(frozen=True)
class DirectoryLock:
    """The lock of a directory, held until it is closed here and in the process it was handed to."""

    fd: int

    @classmethod
    def take(cls, directory: Path, *, create: bool = False) -> Self | None:
        """None when somebody else holds it. Raises OSError when there is no such file."""
        fd = os.open(_lock_file(directory), os.O_RDWR | (os.O_CREAT if create else 0), 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            os.close(fd)
            if isinstance(fault, BlockingIOError):
                return None
            raise
        return cls(fd)

    def close(self) -> None:
        os.close(self.fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def server_of(directory: Path) -> psutil.Process | None:
    """The server that has the lock of this directory; None also when one is just being started."""
    lock_file = str(_lock_file(directory).resolve())
    return next((server for server in _servers() if _has_open(server, lock_file)), None)


def _servers() -> Iterator[psutil.Process]:
    for process in psutil.process_iter(["cmdline"]):
        words = [Path(word).name for word in process.info["cmdline"] or ()]
        if any(name in _PROGRAMS and command == "run" for name, command in pairwise(words)):
            yield process


def _has_open(process: psutil.Process, path: str) -> bool:
    try:
        return any(file.path == path for file in process.open_files())
    except (psutil.NoSuchProcess, psutil.AccessDenied):  # it has ended, or is another user's
        return False


def _lock_file(directory: Path) -> Path:
    return directory / "server.lock"
