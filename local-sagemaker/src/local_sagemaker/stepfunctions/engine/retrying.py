"""Retry: which failures are tried again, and after what time."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from local_sagemaker.stepfunctions.engine.error_names import matches
from local_sagemaker.stepfunctions.failure import StateFailed

# Defaults of the Amazon States Language.
_INTERVAL_SECONDS, _MAX_ATTEMPTS, _BACKOFF_RATE = 1, 3, 2.0


class Retries:
    """The retriers of a state, each with the attempts that it has used up.

    `count` is how often the state was tried again, `index` the retrier that was for the last
    failure, and `seconds` its pause before jitter.
    """

    def __init__(self, retriers: Sequence[Mapping[str, Any]], used: int = 0) -> None:
        """`used` attempts of each retrier were made before."""
        self.count = used
        self.index: int | None = None
        self.seconds = 0.0
        self._retriers = retriers
        self._used = [used] * len(retriers)

    def pause(self, failure: StateFailed) -> float | None:
        """Seconds to wait before the next attempt; None when there is none."""
        for index, retrier in enumerate(self._retriers):
            if matches(retrier["ErrorEquals"], failure):
                self.index = index
                return self._next(index, retrier)
        return None

    def _next(self, index: int, retrier: Mapping[str, Any]) -> float | None:
        used = self._used[index]
        if used >= retrier.get("MaxAttempts", _MAX_ATTEMPTS):
            return None
        self._used[index] += 1
        self.count += 1
        rate = retrier.get("BackoffRate", _BACKOFF_RATE)
        seconds = retrier.get("IntervalSeconds", _INTERVAL_SECONDS) * rate**used
        self.seconds = min(seconds, retrier.get("MaxDelaySeconds", seconds))
        if retrier.get("JitterStrategy") == "FULL":
            return random.uniform(0, self.seconds)
        return self.seconds
