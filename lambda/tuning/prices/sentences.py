"""Words for people about what a run and its endpoint cost."""

from __future__ import annotations

from tuning.prices.price_list import HOURS_A_MONTH
from tuning.variables.cost import money
from tuning.variables.cost_bound import CostBound
from tuning.variables.run_cost import RunCost


def endpoint_price(bound: CostBound) -> str:
    """Of an instance of the endpoint; empty when it has none, but serves by the request."""
    hour = bound.endpoint_instance_hour
    if hour is None:
        return ""
    if hour.amount is None:
        return str(hour)
    month = money(hour.amount * HOURS_A_MONTH)
    return (
        f"{hour.amount:g} {hour.currency} an hour for each instance, {month} a month, by the "
        f"prices for {hour.prices}"
    )


def cost_facts(cost: RunCost | None, bound: CostBound) -> dict[str, str]:
    """What a run has cost, and what it could have; by the name of each fact."""
    if cost is None:
        return {}
    seconds = "" if cost.seconds is None else f" ({cost.seconds} billable seconds)"
    return {
        "Cost of training": f"{cost.cost}{seconds}; at most {bound.cost.short}",
        "Endpoint's runs this month": cost.this_month.short if cost.this_month else "",
        "Price of the endpoint": endpoint_price(bound),
    }
