"""Pipe mode: a channel's objects one after the other, which the images up to 1.7 read.

What comes through the pipe is put into the channel's directory, to be read as in File mode. Of
Parquet each object becomes a file again.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from local_sagemaker.containers.xgboost.content_types import PARQUET

PARQUET_MAGIC = b"PAR1"  # a file begins and ends with it


def drain(channel: Path, data_format: str) -> None:
    """Read the pipe of the first epoch, which lies beside the channel's directory."""
    content = channel.with_name(f"{channel.name}_0").read_bytes()
    channel.mkdir()
    parts = _parquet_files(content) if data_format == PARQUET else iter([content])
    for number, part in enumerate(parts):
        (channel / f"{channel.name}-{number}").write_bytes(part)


def _parquet_files(content: bytes) -> Iterator[bytes]:
    start = 0
    while (end := content.find(PARQUET_MAGIC * 2, start)) >= 0:
        yield content[start : end + len(PARQUET_MAGIC)]
        start = end + len(PARQUET_MAGIC)
    yield content[start:]
