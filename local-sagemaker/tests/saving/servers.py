"""Local AWS from one life to the next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local_sagemaker.local_aws import LocalAws
from local_sagemaker.process import background
from local_sagemaker.process.free_port import free_port


@contextmanager
def new_server(directory: Path, port: int = 0) -> Iterator[LocalAws]:
    """A server of its own, which is stopped at the end of the block."""
    running = background.start(port or free_port(), directory, 0.05, with_parent=True)
    try:
        yield LocalAws(running)
    finally:
        background.stop(directory)
