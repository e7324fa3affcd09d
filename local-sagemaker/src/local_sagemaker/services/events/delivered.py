"""An event as rules and targets see it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any


def as_delivered(event: dict[str, Any]) -> dict[str, Any]:
    """The event with its time as text, and without a member that is moto's own."""
    delivered = {key: value for key, value in event.items() if key != "ingestion-time"}
    if not isinstance(delivered["time"], str):
        moment = datetime.fromtimestamp(float(delivered["time"]), UTC)
        delivered["time"] = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    return delivered
