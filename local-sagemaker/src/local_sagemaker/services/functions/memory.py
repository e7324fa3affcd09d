"""How much memory a function's process has used at most, and how it ends with too much."""

from __future__ import annotations

import resource
import sys

OUT_OF_MEMORY_STATUS = 137  # the exit status of a shell's command that SIGKILL has ended


def peak_memory_mb() -> int:
    """Peak resident memory, in MB.

    Linux keeps the parent's peak in getrusage() across exec, so its own count is read there.
    """
    if sys.platform != "linux":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 2**20
    with open("/proc/self/status") as status:
        line = next(line for line in status if line.startswith("VmHWM:"))
    return int(line.split()[1]) // 1024
