"""Why a text is no event pattern."""

from __future__ import annotations


class PatternError(Exception):
    """The message is what EventBridge gives as the reason."""
