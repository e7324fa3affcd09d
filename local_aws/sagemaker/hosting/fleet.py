"""What serves one endpoint config: a process for each production variant."""

from __future__ import annotations

import random
import secrets
from typing import Any

from local_aws.sagemaker.hosting.endpoint_configs import EndpointConfig
from local_aws.sagemaker.hosting.models import Model
from local_aws.sagemaker.hosting.requests_in_flight import RequestsInFlight
from local_aws.sagemaker.hosting.serving_process import (
    INVOCATION_TIMEOUT_SECONDS,
    ServingProcess,
    StartFailed,
)
from local_aws.sagemaker.log_stream import LogStream
from local_aws.sagemaker.region import Region

Document = dict[str, Any]


class Fleet:
    """Instances of a variant share one process: a laptop gains nothing from a second one."""

    def __init__(
        self, region: Region, endpoint: str, config: EndpointConfig, models: dict[str, Model]
    ) -> None:
        self.config = config
        self.requests = RequestsInFlight()
        self.log_group = f"/aws/sagemaker/Endpoints/{endpoint}"
        self._region = region
        self._endpoint = endpoint
        self._models = models
        self._logs: list[LogStream] = []
        self._processes: dict[str, ServingProcess] = {}

    def start(self) -> None:
        """Start every variant.

        Raises:
            StartFailed: names the variant and what its container did.
        """
        for variant in self.config.variants:
            name = variant["VariantName"]
            stream = f"{name}/i-{secrets.token_hex(8)}"
            log = LogStream(self._region.logs, self.log_group, stream)
            self._logs.append(log)
            directory = self._region.directory("endpoints", f"{self._endpoint}/{stream}")
            container = self._models[variant["ModelName"]].container
            process = ServingProcess(self._region, container, directory=directory)
            self._processes[name] = process
            try:
                process.start(log)
            except StartFailed as failure:
                raise StartFailed(
                    f"The primary container for production variant {name}: {failure}. Please "
                    f"check CloudWatch logs for this endpoint, {self.log_group}."
                ) from failure

    def stop(self) -> None:
        """End the processes once they have answered the requests that they have."""
        self.requests.wait_until_answered(INVOCATION_TIMEOUT_SECONDS)
        for process in self._processes.values():
            process.stop()
        for log in self._logs:
            log.close()

    def abandon(self) -> None:
        """End the processes at once; what they still print is lost."""
        for process in self._processes.values():
            process.stop()

    def choose(self, target: str | None) -> tuple[str, ServingProcess | None]:
        """A variant by name, or by the weights; None for a name that the config lacks."""
        if target is not None:
            return target, self._processes.get(target)
        weights = [variant["InitialVariantWeight"] for variant in self.config.variants]
        names = list(self._processes)
        (name,) = random.choices(names, weights if any(weights) else None)
        return name, self._processes[name]

    def summaries(self) -> list[Document]:
        """The ProductionVariantSummary of each variant."""
        return [self._summary(variant) for variant in self.config.variants]

    def _summary(self, variant: Document) -> Document:
        model = self._models[variant["ModelName"]]
        summary: Document = {
            "VariantName": variant["VariantName"],
            "DeployedImages": [
                {
                    "SpecifiedImage": model.container["Image"],
                    "ResolvedImage": model.container["Image"],
                    "ResolutionTime": model.description["CreationTime"],
                }
            ],
            "CurrentWeight": variant["InitialVariantWeight"],
            "DesiredWeight": variant["InitialVariantWeight"],
        }
        if "ServerlessConfig" in variant:
            return summary | {"CurrentServerlessConfig": variant["ServerlessConfig"]}
        count = variant["InitialInstanceCount"]
        return summary | {"CurrentInstanceCount": count, "DesiredInstanceCount": count}
