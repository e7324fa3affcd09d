"""An endpoint as it serves now, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tuning.aws.clients import client, describe
from tuning.aws.pagination import tags_of
from tuning.names import region_of
from tuning.prices.price_list import HOURS_A_MONTH, price
from tuning.quoted import repeatable, secrets_of
from tuning.tags import MODEL_TAG, PREFIX_TAG
from tuning.variables.cost import Cost, total

from retune.endpoints.missing import missing_endpoint
from retune.stack import Stack

_REQUESTS = Cost(unknown="it is serverless, and costs what its requests take")


@dataclass(frozen=True)
class Serving:
    """`config` is the endpoint config, which has the name of its model when a run has made it.

    `month` is what instances cost that stay as they are, and `scaling` from how many to how many
    instances each variant may have.
    """

    name: str
    status: str
    config: str
    since: datetime
    tags: dict[str, str]
    instances: tuple[str, ...]
    scaling: tuple[str, ...]
    month: Cost
    failure: str | None = None

    def is_of(self, stack: Stack) -> bool:
        """Whether a run of the stack has made it: by its tag, since names can be anybody's."""
        return self.tags.get(PREFIX_TAG) == stack.name_prefix

    @property
    def lines(self) -> list[str]:
        """For a person."""
        of_model = self.tags.get(MODEL_TAG)
        facts = {
            "Endpoint": self.name + (f" of the model {of_model}" if of_model else ""),
            "Status": self.status + (f": {self.failure}" if self.failure else ""),
            "Serves": f"{self.config} since {self.since:%Y-%m-%d %H:%M}",
            "Instances": ", ".join(self.instances),
            "Scaling": ", ".join(self.scaling),
            "Costs": self._costs,
        }
        return [f"{fact}: {value}" for fact, value in facts.items() if value]

    @property
    def _costs(self) -> str:
        month = self.month
        return str(month if month.amount is None else f"{month.short} a month, by {month.prices}")

    def as_document(self) -> dict[str, Any]:
        """For programs."""
        return {
            "EndpointName": self.name,
            "EndpointStatus": self.status,
            "EndpointConfigName": self.config,
            "LastModifiedTime": self.since.isoformat(),
            "ModelName": self.tags.get(MODEL_TAG),
            "Instances": list(self.instances),
            "Scaling": list(self.scaling),
            "CostOfAMonth": self.month.to_document(),
            "FailureReason": self.failure,
        }


def read_serving(stack: Stack, name: str) -> Serving:
    """Raises UnavailableError when there is no such endpoint."""
    described = describe("describe_endpoint", EndpointName=name)
    if not described:
        raise missing_endpoint(name)
    variants = _variants(described)
    return Serving(
        name=name,
        status=described["EndpointStatus"],
        config=described["EndpointConfigName"],
        since=described["LastModifiedTime"],
        tags=tags_of(described["EndpointArn"]),
        instances=tuple(map(_instances, variants)),
        scaling=tuple(_scaling(name, variants)),
        month=_month(stack, variants),
        failure=repeatable(described.get("FailureReason"), _secrets(variants)),
    )


def month_of(stack: Stack, name: str) -> Cost:
    """What the instances of an endpoint cost in a month."""
    return _month(stack, _variants(describe("describe_endpoint", EndpointName=name)))


def roles_of(name: str) -> frozenset[str]:
    """ARNs of the roles that the models of an endpoint run with; none of models that are gone."""
    variants = _variants(describe("describe_endpoint", EndpointName=name))
    models = (describe("describe_model", ModelName=each) for each in _model_names(variants))
    return frozenset(model["ExecutionRoleArn"] for model in models if "ExecutionRoleArn" in model)


def _model_names(variants: Sequence[dict[str, Any]]) -> set[str]:
    return {each["ModelName"] for each in variants if "ModelName" in each}


def _variants(described: dict[str, Any]) -> list[dict[str, Any]]:
    """Those of its config, with as many instances as there are now."""
    now = {each["VariantName"]: each for each in described.get("ProductionVariants", [])}
    config = describe(
        "describe_endpoint_config", EndpointConfigName=described.get("EndpointConfigName", "")
    )
    variants = config.get("ProductionVariants", [])
    return [{**variant, **now.get(variant["VariantName"], {})} for variant in variants]


def _month(stack: Stack, variants: Sequence[dict[str, Any]]) -> Cost:
    if not variants:
        return Cost(unknown="its endpoint configuration was deleted")
    return total(_variant_month(stack, variant) for variant in variants)


def _variant_month(stack: Stack, variant: dict[str, Any]) -> Cost:
    if "InstanceType" not in variant:
        return _REQUESTS
    region, hours = region_of(stack.state_machine_arn), HOURS_A_MONTH * _count(variant)
    return price(region, "Hosting", variant["InstanceType"], hours=hours)


def _secrets(variants: Sequence[dict[str, Any]]) -> Iterator[str]:
    """What the containers of the models were given, which the reason of a failure may quote."""
    for name in _model_names(variants):
        model = describe("describe_model", ModelName=name)
        for container in (model.get("PrimaryContainer", {}), *model.get("Containers", ())):
            yield from secrets_of(container)


def _instances(variant: dict[str, Any]) -> str:
    if "InstanceType" not in variant:
        return "serverless"
    return f"{_count(variant)} {variant['InstanceType']}"


def _count(variant: dict[str, Any]) -> int:
    return int(variant.get("CurrentInstanceCount") or variant["InitialInstanceCount"])


def _scaling(name: str, variants: Sequence[dict[str, Any]]) -> list[str]:
    """Empty without autoscaling."""
    ids = [f"endpoint/{name}/variant/{variant['VariantName']}" for variant in variants]
    if not ids:
        return []
    answer = client("application-autoscaling").describe_scalable_targets(
        ServiceNamespace="sagemaker", ResourceIds=ids
    )
    targets = answer["ScalableTargets"]
    return [f"from {each['MinCapacity']} to {each['MaxCapacity']}" for each in targets]
