"""Metrics of CloudWatch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tuning.aws.clients import client

_LIMIT = 1000  # metrics in a call of PutMetricData


def put_metrics(namespace: str, data: Sequence[dict[str, Any]]) -> None:
    """PutMetricData, in as many calls as it takes."""
    for start in range(0, len(data), _LIMIT):
        part = list(data[start : start + _LIMIT])
        client("cloudwatch").put_metric_data(Namespace=namespace, MetricData=part)
