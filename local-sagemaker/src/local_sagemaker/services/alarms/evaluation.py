"""The state that a threshold alarm should be in."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

OK, ALARM, INSUFFICIENT_DATA = "OK", "ALARM", "INSUFFICIENT_DATA"
_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "GreaterThanOrEqualToThreshold": operator.ge,
    "GreaterThanThreshold": operator.gt,
    "LessThanThreshold": operator.lt,
    "LessThanOrEqualToThreshold": operator.le,
}
COMPARISONS = tuple(_COMPARISONS)
STATISTICS = ("Sum", "SampleCount", "Average", "Minimum", "Maximum")
PERCENTILE = re.compile(r"p(\d{1,2}(\.\d+)?|100)")


@dataclass(frozen=True)
class Sample:
    """One value, or what is known of several; `time` in seconds since 1970."""

    time: float
    count: float
    sum: float
    minimum: float
    maximum: float


@dataclass(frozen=True)
class AlarmCondition:
    """An alarm's rule: M of the last N periods beyond the threshold."""

    statistic: str
    period_seconds: float
    periods: int
    datapoints_to_alarm: int
    comparison: str
    threshold: float
    missing: str

    def state(self, samples: Sequence[Sample], now: float) -> str | None:
        """The state at this time; None when missing data leave it as it is."""
        windows = [self._window(samples, now, number) for number in range(self.periods)]
        if not any(windows):
            without_data = {"breaching": ALARM, "notBreaching": OK, "ignore": None}
            return without_data.get(self.missing, INSUFFICIENT_DATA)
        breaching = sum(self._breaches(window) for window in windows)
        return ALARM if breaching >= self.datapoints_to_alarm else OK

    def _window(self, samples: Sequence[Sample], now: float, number: int) -> list[Sample]:
        end = now - number * self.period_seconds
        start = end - self.period_seconds
        return [sample for sample in samples if start < sample.time <= end]

    def _breaches(self, window: Sequence[Sample]) -> bool:
        if not window:
            return self.missing == "breaching"
        return _COMPARISONS[self.comparison](statistic(window, self.statistic), self.threshold)


def statistic(window: Sequence[Sample], name: str) -> float:
    """Sum, Average, Minimum, Maximum, SampleCount, or a percentile such as p95."""
    count, total = sum(s.count for s in window), sum(s.sum for s in window)
    plain = {
        "Sum": total,
        "SampleCount": count,
        "Average": total / count if count else 0.0,
        "Minimum": min(s.minimum for s in window),
        "Maximum": max(s.maximum for s in window),
    }
    if name in plain:
        return plain[name]
    values = sorted(sample.maximum for sample in window)
    return values[max(math.ceil(float(name[1:]) / 100 * len(values)) - 1, 0)]
