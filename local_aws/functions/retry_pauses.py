"""The pauses that boto3 makes between its own attempts, shortened inside a function's process."""

from __future__ import annotations

from typing import Any


def scale(wait_scale: float) -> None:
    """Multiply them by `wait_scale`; the number of attempts stays."""
    if wait_scale == 1.0:
        return
    from botocore.retries import bucket, standard

    delay_amount = standard.ExponentialBackoff.delay_amount

    def scaled_delay(backoff: Any, context: Any) -> float:
        return float(delay_amount(backoff, context)) * wait_scale

    # The adaptive mode's own brake: at its slowest it lets two calls a second through.
    standard.ExponentialBackoff.delay_amount = scaled_delay
    bucket.TokenBucket._MIN_RATE = 0.5 / max(wait_scale, 0.001)
    bucket.TokenBucket.__init__.__defaults__ = (bucket.TokenBucket._MIN_RATE,)
