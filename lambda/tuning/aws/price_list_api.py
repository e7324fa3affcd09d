"""Asks AWS's Price List API what an hour of an instance costs that the price table lacks.

A run does without: whatever keeps an answer away, and an answer of another form, is no price.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

import boto3
from botocore.config import Config

from tuning.aws.clients import AWS_ERRORS
from tuning.prices.offer import HourlyPrice, Usage, hourly_prices
from tuning.variables.cost import Cost

# To know a price is worth some seconds, and no more: it is asked once.
_CONFIG = Config(
    connect_timeout=2, read_timeout=3, retries={"mode": "standard", "total_max_attempts": 1}
)
# The API has few endpoints, and each tells of all regions of its partition.
_ENDPOINTS = {"eu": "eu-central-1", "ap": "ap-south-1", "cn": "cn-northwest-1"}
_PAUSE = 60  # seconds after a refusal or silence: what one run asks next would not fare better
_OTHER_FORM = (LookupError, TypeError, ValueError, AttributeError)


@cache
def client(endpoint_region: str) -> Any:
    return boto3.client("pricing", region_name=endpoint_region, config=_CONFIG)


def get_products(region: str, instance_type: str) -> list[str]:
    """The products of an instance type, a JSON document each; one page has room for all."""
    wanted = {"regionCode": region, "instanceName": instance_type}
    answer = client(_ENDPOINTS.get(region.split("-")[0], "us-east-1")).get_products(
        ServiceCode="AmazonSageMaker",
        Filters=[{"Type": "TERM_MATCH", "Field": f, "Value": v} for f, v in wanted.items()],
        FormatVersion="aws_v1",
        MaxResults=100,
    )
    products: list[str] = answer["PriceList"]
    return products


@dataclass
class PriceListApi:
    """Remembers its answers as long as the function lives; a refusal or silence for a minute."""

    products: Callable[[str, str], list[str]] = get_products
    clock: Callable[[], float] = time.monotonic
    _told: dict[tuple[str, str], dict[Usage, Cost]] = field(default_factory=dict)
    _silent_until: float | None = None

    def hour(self, region: str, usage: Usage, instance_type: str) -> Cost | None:
        """On demand; None when the API does not tell."""
        asked = (region, instance_type)
        if asked not in self._told and not self._is_silent():
            try:
                self._told[asked] = _hours(region, instance_type, self.products(*asked))
            except (*AWS_ERRORS, *_OTHER_FORM):
                self._silent_until = self.clock() + _PAUSE
        return self._told.get(asked, {}).get(usage)

    def _is_silent(self) -> bool:
        return self._silent_until is not None and self.clock() < self._silent_until


api = PriceListApi()


def hour(region: str, usage: Usage, instance_type: str) -> Cost | None:
    """By the API of this process."""
    return api.hour(region, usage, instance_type)


def _hours(region: str, instance_type: str, products: list[str]) -> dict[Usage, Cost]:
    """By usage, the dearest where several are told; none of a usage with two currencies."""
    found: dict[Usage, list[HourlyPrice]] = {}
    for each in _instances(region, products):
        if each.instance_type == instance_type:
            found.setdefault(each.usage, []).append(each)
    source = f"{region} of the Price List API on {datetime.now(UTC):%Y-%m-%d}"
    return {
        usage: Cost(
            amount=max(each.amount for each in told), currency=told[0].currency, prices=source
        )
        for usage, told in found.items()
        if len({each.currency for each in told}) == 1
    }


def _instances(region: str, products: list[str]) -> Iterator[HourlyPrice]:
    for text in products:
        document = json.loads(text)
        attributes = document["product"]["attributes"]
        if attributes.get("regionCode") == region:
            yield from hourly_prices(attributes, document["terms"].get("OnDemand", {}))
