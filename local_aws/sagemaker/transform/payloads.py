"""Cuts an object into the payloads of a batch transform job."""

from __future__ import annotations

from collections.abc import Iterator

DEFAULT_MAX_PAYLOAD_MB = 6


def payloads(
    content: bytes, *, split: str, strategy: str, max_payload_mb: int = DEFAULT_MAX_PAYLOAD_MB
) -> Iterator[bytes]:
    """The whole object with SplitType None; with Line, single lines or as many as fit.

    Raises:
        ValueError: a record is larger than MaxPayloadInMB.
    """
    # MaxPayloadInMB 0 asks for a stream of any length.
    limit = max_payload_mb * 1024 * 1024 or len(content)
    records = [content] if split == "None" else content.splitlines(keepends=True)
    batch = b""
    for record in records:
        if len(record) > limit:
            raise ValueError(
                f"A record of {len(record)} bytes exceeds MaxPayloadInMB, {max_payload_mb}"
            )
        if batch and (strategy == "SingleRecord" or len(batch) + len(record) > limit):
            yield batch
            batch = b""
        batch += record
    if batch:
        yield batch
