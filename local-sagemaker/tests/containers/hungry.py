"""The train program of a container that takes more memory than it may: exit code 3 if refused."""

from __future__ import annotations

from local_sagemaker.containers.memory import limit_bytes


def main() -> int:
    try:
        bytearray(limit_bytes())
    except MemoryError:
        return 3
    return 0
