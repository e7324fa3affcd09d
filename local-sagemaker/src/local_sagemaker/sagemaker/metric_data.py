"""Sends metrics to CloudWatch within the limits of PutMetricData."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

_VALUES_PER_METRIC = 150
_METRICS_PER_CALL = 1000


def values_of(series: Sequence[float]) -> Iterator[dict[str, list[float]]]:
    """The values of one metric, as the Values of as many data as they need."""
    for start in range(0, len(series), _VALUES_PER_METRIC):
        yield {"Values": list(series[start : start + _VALUES_PER_METRIC])}


def put_metric_data(client: Any, namespace: str, data: Sequence[dict[str, Any]]) -> None:
    """Send all of the data, in as many calls as they need; errors are boto3's."""
    for start in range(0, len(data), _METRICS_PER_CALL):
        client.put_metric_data(
            Namespace=namespace, MetricData=list(data[start : start + _METRICS_PER_CALL])
        )
