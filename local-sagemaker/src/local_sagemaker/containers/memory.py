"""How much memory a container's process may take, and how it says that this was not enough.

An instance of SageMaker has its memory to itself; jobs of this machine share it. So each process
gets a quarter of the machine, whatever its instance type: one job cannot take all.
"""

from __future__ import annotations

import errno
import os
import resource
from pathlib import Path

_SHARE = 4
# What the kernel grants when this machine is a container itself: cgroups of version 2 and 1.
_GRANTED = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)
_MB = 1024**2
_LEAST = 1024 * _MB  # a program of this machine that has loaded its libraries has 200


def limit_memory() -> None:
    """Let this process, and those it starts, have no more data than `limit_bytes`.

    It is data that is counted (RLIMIT_DATA): a library, a mapped file or a reserved address takes
    no memory of the machine. macOS takes the limit and does not enforce it.
    """
    resource.setrlimit(resource.RLIMIT_DATA, (limit_bytes(), limit_bytes()))


def limit_bytes() -> int:
    """A quarter of this machine's memory, at least 1 GB, or less where the user has a limit."""
    _, allowed = resource.getrlimit(resource.RLIMIT_DATA)
    share = max(_machine_bytes() // _SHARE, _LEAST)
    return share if allowed == resource.RLIM_INFINITY else min(share, allowed)


def is_out_of_memory(error: Exception) -> bool:
    """Whether Python, the system or a library (XGBoost, DuckDB) could get no more memory."""
    if isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM:
        return True
    text = str(error)
    return "std::bad_alloc" in text or "Out of Memory Error" in text


def out_of_memory() -> str:
    """The reason, in words that say whose limit it is."""
    return (
        f"The container ran out of memory. Local AWS gives a process {limit_bytes() // _MB:,} MB, "
        "a quarter of this machine's, whatever the instance type: use less data, fewer columns "
        "(in libsvm the largest index counts, as each index up to it is a column) or a smaller "
        "model."
    )


def _machine_bytes() -> int:
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    granted = [path.read_text().strip() for path in _GRANTED if path.is_file()]
    return min([machine, *(int(text) for text in granted if text.isdecimal())])
