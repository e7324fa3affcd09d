"""Words for people about what a run and its endpoint cost."""

from __future__ import annotations

from tuning.prices.price_list import HOURS_A_MONTH
from tuning.variables.cost import money
from tuning.variables.cost_bound import CostBound


def endpoint_price(bound: CostBound) -> str:
    """Of an instance of the endpoint; empty when it has none, but serves by the request."""
    hour = bound.endpoint_instance_hour
    if hour is None:
        return ""
    if hour.amount is None:
        return str(hour)
    month = money(hour.amount * HOURS_A_MONTH)
    return (
        f"{money(hour.amount)} {hour.currency} an hour for each instance, {month} a month, by the "
        f"prices for {hour.prices}"
    )
