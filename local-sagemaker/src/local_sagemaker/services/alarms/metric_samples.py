"""The samples of each metric, so that an alarm's look costs as much as its own metric has."""

from __future__ import annotations

import threading
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from local_sagemaker.services.alarms.evaluation import Sample

# Namespace, name and dimensions, which CloudWatch matches exactly.
_Metric = tuple[str, str, frozenset[tuple[str, str]]]


class MetricSamples:
    """Reads each entry of moto's list of all that was ever put once; the list only grows."""

    def __init__(self, metric_data: list[Any]) -> None:
        self._metric_data = metric_data
        self._read = 0
        self._samples: defaultdict[_Metric, list[Sample]] = defaultdict(list)
        self._lock = threading.Lock()

    def of(self, alarm: Any, since: float) -> list[Sample]:
        """The alarm's metric from `since` on (seconds since 1970), in the order of time."""
        metric = _metric(alarm.namespace, alarm.metric_name, alarm.dimensions)
        with self._lock:
            self._read_new()
            samples = self._samples.get(metric, [])
            return samples[bisect_left(samples, since, key=_time) :]

    def _read_new(self) -> None:
        new = self._metric_data[self._read :]
        self._read += len(new)
        for datum in new:
            metric = _metric(datum.namespace, datum.name, datum.dimensions)
            insort(self._samples[metric], _sample(datum), key=_time)


def _metric(namespace: str, name: str, dimensions: Iterable[Any]) -> _Metric:
    return namespace, name, frozenset((each.name, each.value) for each in dimensions)


def _time(sample: Sample) -> float:
    return sample.time


def _sample(datum: Any) -> Sample:
    moment = _seconds(datum.timestamp)
    if hasattr(datum, "value"):
        return Sample(moment, 1, datum.value, datum.value, datum.value)
    return Sample(moment, datum.sample_count, datum.sum, datum.min, datum.max)


def _seconds(moment: datetime) -> float:
    """moto keeps UTC without saying so."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
