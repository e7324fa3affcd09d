"""Cuts an object into the payloads of a batch transform job."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

_RECORDIO_HEADER = 8  # bytes: the magic number and the record's length
_LENGTH_BITS = 29
DEFAULT_MAX_PAYLOAD_MB = 6


def payloads(
    content: bytes, *, split: str, strategy: str, max_payload_mb: int = DEFAULT_MAX_PAYLOAD_MB
) -> Iterator[bytes]:
    """The whole object with SplitType None; else single records, or as many as fit.

    Raises:
        ValueError: a record is larger than MaxPayloadInMB.
    """
    # MaxPayloadInMB 0 asks for a stream of any length.
    limit = max_payload_mb * 1024 * 1024 or len(content)
    batch: list[bytes] = []
    size = 0
    for record in _records(content, split):
        if len(record) > limit:
            raise ValueError(
                f"A record of {len(record)} bytes exceeds MaxPayloadInMB, {max_payload_mb}"
            )
        if batch and (strategy == "SingleRecord" or size + len(record) > limit):
            yield b"".join(batch)
            batch, size = [], 0
        batch.append(record)
        size += len(record)
    if batch:
        yield b"".join(batch)


def _records(content: bytes, split: str) -> Iterator[bytes]:
    if split == "Line":
        return iter(io.BytesIO(content))
    return _recordio(content) if split == "RecordIO" else iter([content])


def _recordio(content: bytes) -> Iterator[bytes]:
    """Records with their headers and padding, as MultiRecord keeps them."""
    start = 0
    while start < len(content):
        header = content[start : start + _RECORDIO_HEADER]
        if len(header) < _RECORDIO_HEADER:
            raise ValueError(f"The RecordIO record at byte {start} is cut off")
        length = struct.unpack("<I", header[4:])[0] & ((1 << _LENGTH_BITS) - 1)
        end = start + _RECORDIO_HEADER + length + -length % 4
        yield content[start:end]
        start = end
