"""Finds a process that has not ended."""

from __future__ import annotations

import psutil


def living(pid: int) -> psutil.Process | None:
    """The process of this pid. One that only waits until its parent asks about it has ended."""
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else process
    except psutil.NoSuchProcess:
        return None
