"""JSON as Step Functions writes it."""

from __future__ import annotations

import json
from typing import Any

# Service quotas: input, output and result of a state, task or execution, in bytes of UTF-8.
MOST_BYTES = 262_144


def to_text(value: Any) -> str:
    """Without spaces, and with all characters as they are."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def is_too_long(text: str) -> bool:
    """Whether a payload is above the quota."""
    return len(text.encode()) > MOST_BYTES
