"""Times as Step Functions writes them."""

from __future__ import annotations

from datetime import UTC, datetime


def to_timestamp(time: datetime) -> str:
    """Such as 2026-11-30T02:41:38.123Z."""
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
