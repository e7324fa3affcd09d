"""Prices an hour by region, usage and instance type, from the table price_list.json.

The table is an excerpt of AWS's price list: `make prices` renews a region of it from the public
offer file. Of what is not in it, PlanTuning asks the Price List API, and its plan carries the
answer to all who price later. What neither tells is unknown, never free.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tuning.prices.offer import Usage
from tuning.variables.cost import Cost

TABLE = Path(__file__).with_name("price_list.json")
HOURS_A_MONTH = 730

# What an hour of an instance type costs in a region, by another source; None when it cannot tell.
Ask = Callable[[str, Usage, str], Cost | None]


def nobody(region: str, usage: Usage, instance_type: str) -> None:
    """Whom to ask where the table alone counts."""


def ask_missing(
    region: str | None, usage: Usage, instance_types: Iterable[str], ask: Ask
) -> dict[str, Cost]:
    """What is told of an hour of those instance types that the table does not have."""
    if region is None:
        return {}
    listed = _table().get(region, {}).get(usage, {})
    missing = sorted({kind for kind in instance_types if kind not in listed})
    return {kind: hour for kind in missing if (hour := ask(region, usage, kind))}


def price(
    region: str | None,
    usage: Usage,
    instance_type: str,
    hours: float = 1,
    told: Mapping[str, Cost] | None = None,
) -> Cost:
    """What so many hours of an instance cost on demand; spot instances cost less.

    `told` are hours by instance type, which count where the table has no price.
    """
    if region is None:
        return Cost(unknown="the region is not known")
    hour = _listed(region, usage, instance_type) or (told or {}).get(instance_type)
    if hour is None or hour.amount is None:
        return Cost(
            unknown=f"the price table has no {usage} price of {instance_type} in {region}; "
            f"`make prices REGIONS={region}` and a deployment bring what AWS lists"
        )
    return hour.model_copy(update={"amount": round(hour.amount * hours, 6)})


def _listed(region: str, usage: Usage, instance_type: str) -> Cost | None:
    """An hour of it by the table; None when that has no price."""
    listed = _table().get(region, {})
    amount = listed.get(usage, {}).get(instance_type)
    if amount is None:
        return None
    prices = f"{region} of {listed['Published']}"
    return Cost(amount=amount, currency=listed["Currency"], prices=prices)


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(TABLE.read_text())
    return table
