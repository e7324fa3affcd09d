"""The AWS/SageMaker metrics of invocations, sent to CloudWatch twice a second."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from local_sagemaker.sagemaker.metric_data import put_metric_data, values_of
from local_sagemaker.sagemaker.region import Region

NAMESPACE = "AWS/SageMaker"
_GATHER_SECONDS = 0.5
_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Invoked:
    """One request to a variant; `status` is the container's, 5xx also when it did not answer."""

    endpoint: str
    variant: str
    config: str
    status: int
    latency_seconds: float
    instances: int

    def values(self) -> dict[str, float]:
        """Metric names and values; latency is in microseconds, as SageMaker reports it."""
        return {
            "Invocations": 1.0,
            "InvocationsPerInstance": 1.0 / max(self.instances, 1),
            "Invocation4XXErrors": float(400 <= self.status < 500),
            "Invocation5XXErrors": float(self.status >= 500),
            "InvocationModelErrors": float(self.status >= 400),
            "ModelLatency": self.latency_seconds * 1e6,
        }

    def dimensions(self) -> Sequence[tuple[tuple[str, str], ...]]:
        """By endpoint and variant; and by config too, which tells the fleets of an update apart."""
        variant = (("EndpointName", self.endpoint), ("VariantName", self.variant))
        return variant, (*variant, ("EndpointConfigName", self.config))


class EndpointMetrics:
    """A thread sends what has gathered; without invocations it sleeps."""

    def __init__(self, region: Region) -> None:
        self._region = region
        self._invoked: queue.SimpleQueue[Invoked] = queue.SimpleQueue()
        threading.Thread(target=self._run, name="endpoint metrics", daemon=True).start()

    def record(self, invoked: Invoked) -> None:
        self._invoked.put(invoked)

    def _run(self) -> None:
        while True:
            gathered = [self._invoked.get()]
            time.sleep(_GATHER_SECONDS)
            while not self._invoked.empty():
                gathered.append(self._invoked.get())
            data = metric_data(gathered)
            try:
                put_metric_data(self._region.cloudwatch, NAMESPACE, data)
            except (ClientError, BotoCoreError) as fault:
                _logger.warning("Metrics of %d invocations are lost: %s", len(gathered), fault)


def metric_data(gathered: Sequence[Invoked]) -> list[dict[str, Any]]:
    """Latencies one by one, for percentiles; of the counts only sums."""
    values: dict[tuple[str, tuple[tuple[str, str], ...]], list[float]] = defaultdict(list)
    for invoked in gathered:
        for dimensions in invoked.dimensions():
            for name, value in invoked.values().items():
                values[name, dimensions].append(value)
    return [
        {
            "MetricName": name,
            "Dimensions": [{"Name": key, "Value": value} for key, value in dimensions],
            "Unit": "Microseconds" if name == "ModelLatency" else "None",
            **part,
        }
        for (name, dimensions), series in values.items()
        for part in _parts(name, series)
    ]


def _parts(name: str, series: list[float]) -> list[dict[str, Any]]:
    if name == "ModelLatency":
        return list(values_of(series))
    return [
        {
            "StatisticValues": {
                "SampleCount": len(series),
                "Sum": sum(series),
                "Minimum": min(series),
                "Maximum": max(series),
            }
        }
    ]
