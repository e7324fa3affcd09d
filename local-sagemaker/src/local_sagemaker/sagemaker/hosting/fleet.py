"""What serves one endpoint config: a process for each production variant."""

from __future__ import annotations

import random
import secrets
import threading
import time
from collections.abc import Mapping, Sequence

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.hosting.endpoint_configs import EndpointConfig
from local_sagemaker.sagemaker.hosting.models import Model
from local_sagemaker.sagemaker.hosting.nan_answers import numbers_as_nan
from local_sagemaker.sagemaker.hosting.serving_process import (
    INVOCATION_TIMEOUT_SECONDS,
    ServingProcess,
    StartFailed,
)
from local_sagemaker.sagemaker.log_stream import LogStream
from local_sagemaker.sagemaker.quotas.quotas import Instances
from local_sagemaker.sagemaker.region import Region


class Fleet:
    """Instances of a variant share one process: a laptop gains nothing from a second one."""

    def __init__(
        self, region: Region, endpoint: str, config: EndpointConfig, models: dict[str, Model]
    ) -> None:
        self.config = config
        self.log_group = f"/aws/sagemaker/Endpoints/{endpoint}"
        self._region = region
        self._endpoint = endpoint
        self._models = models
        self._logs: list[LogStream] = []
        self._processes: dict[str, ServingProcess] = {}
        self._weights = {v["VariantName"]: v["InitialVariantWeight"] for v in config.variants}
        self._counts: dict[str, int] = {
            v["VariantName"]: v["InitialInstanceCount"]
            for v in config.variants
            if "InitialInstanceCount" in v
        }
        self._status: Document | None = None
        self._in_flight = threading.Condition()
        self._requests = 0

    @property
    def serverless(self) -> bool:
        return not self._counts

    @property
    def instances(self) -> int:
        """The instances of its smallest variant, which bounds the steps of a deployment."""
        return min(self._counts.values(), default=0)

    def quota_instances(self) -> list[Instances]:
        """What counts against quotas."""
        return self._instances(self._counts)

    def growth(self, wanted: Sequence[Document]) -> list[Instances]:
        """What UpdateEndpointWeightsAndCapacities would add to it."""
        more = {
            change["VariantName"]: max(0, change["DesiredInstanceCount"] - count)
            for change in wanted
            if (count := self._counts.get(change["VariantName"]))
            and "DesiredInstanceCount" in change
        }
        return self._instances(more)

    def _instances(self, counts: Mapping[str, int]) -> list[Instances]:
        return [
            Instances("endpoint", variant["InstanceType"], counts[variant["VariantName"]])
            for variant in self.config.variants
            if counts.get(variant["VariantName"])
        ]

    def instance_count(self, variant: str) -> int:
        return self._counts.get(variant, 0)

    def retain(self, old: Fleet, excluded: Sequence[str]) -> None:
        """Take over weights and instance counts of the variants that the old fleet has too."""
        if "DesiredWeight" not in excluded:
            self._weights |= {k: v for k, v in old._weights.items() if k in self._weights}
        if "DesiredInstanceCount" not in excluded:
            self._counts |= {k: v for k, v in old._counts.items() if k in self._counts}

    def resize(self, wanted: Sequence[Document]) -> None:
        """Take the weights and counts of UpdateEndpointWeightsAndCapacities.

        Raises:
            ValidationException: a variant that the fleet lacks, or the count of a serverless one.
        """
        for change in wanted:
            name = change["VariantName"]
            if name not in self._weights:
                raise ValidationException(f"The endpoint has no variant '{name}'.")
            if "ServerlessUpdateConfig" in change:
                raise ValidationException("Local AWS has no ServerlessUpdateConfig: leave it out.")
            if "DesiredInstanceCount" in change and name not in self._counts:
                raise ValidationException(f"Variant '{name}' is serverless: it has no instances.")
        for change in wanted:
            if "DesiredWeight" in change:
                self._weights[change["VariantName"]] = change["DesiredWeight"]
            if "DesiredInstanceCount" in change:
                self._counts[change["VariantName"]] = change["DesiredInstanceCount"]

    def enter(self, status: str | None) -> None:
        """Show a stage of a deployment in VariantStatus; None when it is over."""
        self._status = None if status is None else {"Status": status, "StartTime": time.time()}

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
                if self._region.goes_wrong("fail-serving", *self._names(variant)):
                    raise StartFailed("did not pass the ping health check")
                process.start(log)
            except StartFailed as failure:
                raise StartFailed(
                    f"The primary container for production variant {name}: {failure}. Please "
                    f"check CloudWatch logs for this endpoint, {self.log_group}."
                ) from failure

    def answer(self, variant: str, body: bytes) -> bytes:
        """The container's answer, unless a fault makes it NaN."""
        (served,) = (each for each in self.config.variants if each["VariantName"] == variant)
        wrong = self._region.goes_wrong("answer-nan", *self._names(served))
        return numbers_as_nan(body) if wrong else body

    def _names(self, variant: Document) -> tuple[str, ...]:
        """What faults know a variant by."""
        return self._endpoint, self.config.name, variant["ModelName"]

    def begin_request(self) -> None:
        with self._in_flight:
            self._requests += 1

    def end_request(self) -> None:
        with self._in_flight:
            self._requests -= 1
            self._in_flight.notify_all()

    def stop(self) -> None:
        """End the processes, after the requests that they are answering."""
        with self._in_flight:
            self._in_flight.wait_for(lambda: self._requests == 0, INVOCATION_TIMEOUT_SECONDS)
        for process in self._processes.values():
            process.stop()
        for log in self._logs:
            log.close()

    def abandon(self) -> None:
        """End the processes at once; what they still print is lost."""
        # start(), in another thread, may add one meanwhile.
        for process in list(self._processes.values()):
            process.stop()

    def choose(self, target: str | None) -> tuple[str, ServingProcess | None]:
        """A variant by name, or by the weights; None for a name that the config lacks."""
        if target is not None:
            return target, self._processes.get(target)
        names = list(self._processes)
        weights = [self._weights[name] for name in names]
        (name,) = random.choices(names, weights if any(weights) else None)
        return name, self._processes[name]

    def summaries(self) -> list[Document]:
        """The ProductionVariantSummary of each variant."""
        return [self._summary(variant) for variant in self.config.variants]

    def _summary(self, variant: Document) -> Document:
        model = self._models[variant["ModelName"]]
        name = variant["VariantName"]
        summary: Document = {
            "VariantName": name,
            "DeployedImages": [
                {
                    "SpecifiedImage": model.container["Image"],
                    "ResolvedImage": model.container["Image"],
                    "ResolutionTime": model.description["CreationTime"],
                }
            ],
            "CurrentWeight": self._weights[name],
            "DesiredWeight": self._weights[name],
        }
        if self._status is not None:
            summary["VariantStatus"] = [self._status]
        if "ServerlessConfig" in variant:
            return summary | {"CurrentServerlessConfig": variant["ServerlessConfig"]}
        count = self._counts[name]
        return summary | {"CurrentInstanceCount": count, "DesiredInstanceCount": count}
