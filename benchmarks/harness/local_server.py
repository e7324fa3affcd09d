"""A local AWS for a benchmark, which ends with it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local_sagemaker.local_aws import LocalAws
from local_sagemaker.process import background
from local_sagemaker.process.free_port import free_port


@contextmanager
def local_server(wait_scale: float = 1.0) -> Iterator[LocalAws]:
    """With nothing in it, on a free port, in a temporary directory."""
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder)
        running = background.start(free_port(), directory, wait_scale, with_parent=True)
        try:
            yield LocalAws(running)
        finally:
            background.stop(directory)
