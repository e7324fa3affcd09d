"""FailureReason of a job or an endpoint, which holds 1,024 characters."""

from __future__ import annotations

_MOST_CHARACTERS = 1024


def cut(reason: str) -> str:
    """As much of a reason as the member holds."""
    return reason[:_MOST_CHARACTERS]
