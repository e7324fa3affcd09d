"""The metrics of a training job's log as CloudWatch shows them: /aws/sagemaker/TrainingJobs.

The SageMaker SDK's TrainingJobAnalytics draws learning curves from them. As on AWS they are sent
once a minute ("Monitor and analyze training jobs using CloudWatch metrics"), and when a job ends.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from local_sagemaker.sagemaker.metric_data import put_metric_data, values_of

NAMESPACE = "/aws/sagemaker/TrainingJobs"
_SEND_SECONDS = 60
_logger = logging.getLogger(__name__)


class TrainingMetrics:
    """Gathers the values of one job, by the second, in the thread that reads its log."""

    def __init__(self, client: Any, job_name: str) -> None:
        self._client = client
        self._dimensions = [{"Name": "TrainingJobName", "Value": job_name}]
        self._gathered: defaultdict[tuple[str, int], list[float]] = defaultdict(list)
        self._sent = time.monotonic()

    def record(self, name: str, value: float) -> None:
        self._gathered[name, int(time.time())].append(value)
        if time.monotonic() - self._sent >= _SEND_SECONDS:
            self.send()

    def send(self) -> None:
        data = list(self._data())
        self._gathered.clear()
        self._sent = time.monotonic()
        try:
            put_metric_data(self._client, NAMESPACE, data)
        except (ClientError, BotoCoreError) as fault:
            _logger.warning("Metrics of %s are lost: %s", self._dimensions[0]["Value"], fault)

    def _data(self) -> Iterator[dict[str, Any]]:
        for (name, second), values in self._gathered.items():
            named = {"MetricName": name, "Dimensions": self._dimensions, "Timestamp": second}
            yield from (named | part for part in values_of(values))
