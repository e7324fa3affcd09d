"""How much memory this process has used at most."""

from __future__ import annotations

import resource
import sys


def peak_memory_mb() -> int:
    """Peak resident memory, in MB.

    Linux keeps the parent's peak in getrusage() across exec, so its own count is read there.
    """
    if sys.platform != "linux":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 2**20
    with open("/proc/self/status") as status:
        line = next(line for line in status if line.startswith("VmHWM:"))
    return int(line.split()[1]) // 1024
