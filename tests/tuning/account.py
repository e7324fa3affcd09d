"""An account of moto's: S3, SageMaker's resources, SNS and Step Functions in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from tuning.aws import clients, quotas, training_logs

from tests.tuning.plans import ENVIRONMENT


@dataclass(frozen=True)
class Account:
    """The data bucket of the account, and clients that talk to it."""

    bucket: str = ENVIRONMENT.bucket
    quotas: dict[str, float] = field(default_factory=dict)  # of SageMaker, by name
    price_list: dict[str, list[str]] = field(default_factory=dict)  # products by instance type
    refusals: list[Callable[[], None]] = field(default_factory=list)  # how to take each back

    def client(self, service: str) -> Any:
        """The handlers' own, since a client takes long to make."""
        own = {"service-quotas": quotas.client, "logs": training_logs.client}
        return own[service]() if service in own else clients.client(service)

    def products(self, region: str, instance_type: str) -> list[str]:
        """What the Price List API knows of it."""
        return self.price_list.get(instance_type, [])

    def put(self, key: str, content: str) -> None:
        self.client("s3").put_object(Bucket=self.bucket, Key=key, Body=content.encode())

    def read(self, key: str) -> Any:
        """The JSON of an object."""
        answer = self.client("s3").get_object(Bucket=self.bucket, Key=key)
        return json.loads(answer["Body"].read())

    def refuse(self, service: str, operation: str, code: str, message: str) -> None:
        """From now on this is the answer of AWS, which moto gives nobody."""

        def answer(**request: Any) -> tuple[Any, dict[str, Any]]:
            return SimpleNamespace(status_code=400), {"Error": {"Code": code, "Message": message}}

        events, event = self.client(service).meta.events, f"before-call.{service}.{operation}"
        events.register_first(event, answer)
        self.refusals.append(lambda: events.unregister(event, answer))

    def accept(self, service: str, operation: str) -> None:
        """From now on AWS says yes, unless it refuses to: moto knows nothing of it."""

        def answer(model: Any, **request: Any) -> tuple[Any, dict[str, Any]] | None:
            return (SimpleNamespace(status_code=200), {}) if model.name == operation else None

        events = self.client(service).meta.events
        events.register("before-call", answer)  # after those who only listen
        self.refusals.append(lambda: events.unregister("before-call", answer))

    def list_quotas(self) -> None:
        """From now on Service Quotas lists `quotas`, unless it refuses to: moto lists none."""

        def answer(**request: Any) -> tuple[Any, dict[str, Any]]:
            listed = [{"QuotaName": name, "Value": value} for name, value in self.quotas.items()]
            return SimpleNamespace(status_code=200), {"Quotas": listed}

        events = self.client("service-quotas").meta.events
        event = "before-call.service-quotas.ListServiceQuotas"
        events.register_last(event, answer)
        self.refusals.append(lambda: events.unregister(event, answer))
