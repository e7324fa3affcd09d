"""Prices an hour by region, usage and instance type, from the table price_list.json.

The table is an excerpt of AWS's price list: `make prices` renews a region of it from the public
offer file. What is not in it is unknown, never free.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Literal

from tuning.variables.cost import Cost

TABLE = Path(__file__).with_name("price_list.json")
HOURS_A_MONTH = 730
Usage = Literal["Training", "Hosting"]


def price(region: str | None, usage: Usage, instance_type: str, hours: float = 1) -> Cost:
    """What so many hours of an instance cost on demand; spot instances cost less."""
    if region is None:
        return Cost(unknown="the region is not known")
    listed = _table().get(region, {})
    per_hour = listed.get(usage, {}).get(instance_type)
    if per_hour is None:
        return Cost(
            unknown=f"the price table has no {usage} price of {instance_type} in {region}; "
            f"`make prices REGIONS={region}` and a deployment bring what AWS lists"
        )
    return Cost(
        amount=round(per_hour * hours, 6),
        currency=listed["Currency"],
        prices=f"{region} of {listed['Published']}",
    )


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(TABLE.read_text())
    return table
