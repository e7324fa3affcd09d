"""Starts a container's program by the command with which SageMaker starts its image."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

from local_sagemaker.containers.memory import limit_memory
from local_sagemaker.process import lifeline

COMMANDS = ("train", "serve")


def run(package: str, arguments: Sequence[str]) -> int:
    """Run the package's module of that name; its exit code, 2 for another command."""
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print(f"usage: python -m {package} {'|'.join(COMMANDS)}")
        return 2
    lifeline.hold()
    limit_memory()
    return int(importlib.import_module(f"{package}.{arguments[0]}").main())
