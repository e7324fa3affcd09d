"""The pauses that boto3 makes between its own attempts, shortened inside a function's process."""

from __future__ import annotations

from typing import Any


def scale(wait_scale: float) -> None:
    """Multiply them by `wait_scale`; the number of attempts stays."""
    if wait_scale == 1.0:
        return
    # Loaded here, so that a function process that scales nothing loads nothing.
    from botocore.retries import bucket, standard

    backoff: Any = standard.ExponentialBackoff
    delay_amount = backoff.delay_amount
    backoff.delay_amount = lambda self, context: delay_amount(self, context) * wait_scale
    # The adaptive mode's own brake: at its slowest it lets a call through every two seconds.
    tokens: Any = bucket.TokenBucket
    tokens.__init__.__defaults__ = (tokens._MIN_RATE / max(wait_scale, 0.001),)
