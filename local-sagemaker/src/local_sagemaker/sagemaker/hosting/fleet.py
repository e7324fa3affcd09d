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
from local_sagemaker.sagemaker.hosting.model_data import is_multi_model
from local_sagemaker.sagemaker.hosting.models import Model
from local_sagemaker.sagemaker.hosting.nan_answers import numbers_as_nan
from local_sagemaker.sagemaker.hosting.serving import Serving, create_serving
from local_sagemaker.sagemaker.hosting.serving_process import (
    INVOCATION_TIMEOUT_SECONDS,
    StartFailed,
    StartLimits,
)
from local_sagemaker.sagemaker.log_stream import LogStreams
from local_sagemaker.sagemaker.quotas.quotas import Instances
from local_sagemaker.sagemaker.region import Region


class Fleet:
    """Instances of a variant share one process: a laptop gains nothing from a second one."""

    def __init__(
        self, region: Region, endpoint: str, config: EndpointConfig, models: dict[str, Model]
    ) -> None:
        self.config = config
        self.data_capture = config.data_capture
        self.log_group = f"/aws/sagemaker/Endpoints/{endpoint}"
        self._region = region
        self._endpoint = endpoint
        self._models = models
        self._logs: list[LogStreams] = []
        self._serving: dict[str, Serving] = {}
        self._all = [*config.variants, *config.shadow_variants]
        self._weights = {v["VariantName"]: v["InitialVariantWeight"] for v in self._all}
        self._counts: dict[str, int] = {
            v["VariantName"]: v["InitialInstanceCount"]
            for v in self._all
            if "InitialInstanceCount" in v
        }
        self._status: Document | None = None
        self._in_flight = threading.Condition()
        self._requests = 0

    def __getstate__(self) -> Document:
        """What is saved: start() makes what serves anew."""
        return vars(self) | {"_logs": [], "_serving": {}}

    @property
    def role(self) -> str:
        """The execution role of its first model; empty where it has none."""
        return self._models[self._all[0]["ModelName"]].role

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
            for variant in self._all
            if counts.get(variant["VariantName"])
        ]

    def instance_count(self, variant: str) -> int:
        return self._counts.get(variant, 0)

    def retain(self, old: Fleet, excluded: Sequence[str]) -> None:
        """Take over weights and instance counts of the variants that the old fleet has too.

        Data capture is one of the variant properties that are retained, and the API reference of
        VariantProperty says of it alone that leaving it out is "not currently supported". What
        UpdateEndpoint really does is not known: here the old one stays.
        """
        self.data_capture = old.data_capture
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
        for variant in self._all:
            name = variant["VariantName"]
            stream = f"{name}/i-{secrets.token_hex(8)}"
            logs = LogStreams(self._region.logs, self.log_group, stream)
            self._logs.append(logs)
            directory = self._region.directory("endpoints", f"{self._endpoint}/{stream}")
            model = self._models[variant["ModelName"]]
            region, limits = self._region.in_role(model.role), StartLimits.of(variant)
            serving = create_serving(region, model.containers, directory, limits)
            self._serving[name] = serving
            try:
                if self._region.goes_wrong("fail-serving", *self._names(variant)):
                    raise StartFailed("did not pass the ping health check")
                serving.start(logs)
            except StartFailed as failure:
                raise StartFailed(
                    f"The primary container for production variant {name}: {failure}. Please "
                    f"check CloudWatch logs for this endpoint, {self.log_group}."
                ) from failure

    def answer(self, variant: str, body: bytes) -> bytes:
        """The container's answer, unless a fault makes it NaN."""
        (served,) = (each for each in self._all if each["VariantName"] == variant)
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
        for serving in self._serving.values():
            serving.stop()
        for logs in self._logs:
            logs.close()

    def abandon(self) -> None:
        """End the processes at once; what they still print is lost."""
        # start(), in another thread, may add one meanwhile.
        for serving in list(self._serving.values()):
            serving.stop()

    def choose(self, target: str | None) -> tuple[str, Serving | None]:
        """A variant by name, or by the weights; None for a name that the config lacks."""
        names = [variant["VariantName"] for variant in self.config.variants]
        if target is not None:
            return target, self._serving.get(target) if target in names else None
        weights = [self._weights[name] for name in names]
        (name,) = random.choices(names, weights if any(weights) else None)
        return name, self._serving[name]

    def shadow(self) -> tuple[str, Serving] | None:
        """The shadow variant, if there is one and it is to have a copy of a request.

        Its weight beside that of the other variant is the part of the requests that it has.
        """
        for shadow, variant in zip(self.config.shadow_variants, self.config.variants, strict=False):
            name = shadow["VariantName"]
            share = self._weights[name] / (self._weights[variant["VariantName"]] or 1.0)
            if random.random() < share:
                return name, self._serving[name]
        return None

    def is_multi_model(self, variant: str) -> bool:
        """Whether requests to the variant have to name a model."""
        (model,) = (v["ModelName"] for v in self._all if v["VariantName"] == variant)
        return any(map(is_multi_model, self._models[model].containers))

    def summaries(self) -> list[Document]:
        """The ProductionVariantSummary of each variant."""
        return [self._summary(variant) for variant in self.config.variants]

    def shadow_summaries(self) -> list[Document]:
        """The same of shadow variants."""
        return [self._summary(variant) for variant in self.config.shadow_variants]

    def _summary(self, variant: Document) -> Document:
        model = self._models[variant["ModelName"]]
        name = variant["VariantName"]
        summary: Document = {
            "VariantName": name,
            "DeployedImages": [
                {
                    "SpecifiedImage": container["Image"],
                    "ResolvedImage": container["Image"],
                    "ResolutionTime": model.description["CreationTime"],
                }
                for container in model.containers
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
