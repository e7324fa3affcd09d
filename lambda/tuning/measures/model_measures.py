"""The metrics of models in CloudWatch: for each endpoint, and the worst of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

DAYS, PERIODS, FAILURES = "DaysSinceSuccess", "PeriodsSinceSuccess", "Failures"
ENDPOINT = "EndpointName"  # the dimension


def namespace(prefix: str) -> str:
    """Of the metrics: a namespace for each prefix, to which rights are bound."""
    return f"Retune/{prefix}"


@dataclass(frozen=True)
class Measure:
    """A model that a schedule keeps tuned; `period` is its days from one start to the next."""

    endpoint_name: str
    days: float
    period: float | None

    @property
    def periods(self) -> float | None:
        return self.days / self.period if self.period else None


def metric_data(
    measures: Iterable[Measure], failures: Mapping[str, int]
) -> Iterator[dict[str, Any]]:
    """Entries of PutMetricData. The maxima have no dimension, so that one alarm watches them all.

    Without a model they are 0: a schedule that was turned off must not leave its alarm on.
    """
    models = tuple(measures)
    for model in models:
        yield _datum(DAYS, model.days, model.endpoint_name)
    counts = dict.fromkeys((model.endpoint_name for model in models), 0) | dict(failures)
    for endpoint, count in counts.items():
        yield _datum(FAILURES, count, endpoint)
    yield _datum(DAYS, max((model.days for model in models), default=0))
    yield _datum(PERIODS, max((model.periods or 0 for model in models), default=0))
    yield _datum(FAILURES, max(counts.values(), default=0))


def _datum(name: str, value: float, endpoint: str | None = None) -> dict[str, Any]:
    dimensions = [{"Name": ENDPOINT, "Value": endpoint}] if endpoint else []
    return {"MetricName": name, "Value": float(value), "Dimensions": dimensions}
