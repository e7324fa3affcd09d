"""Whether a run fits into what its endpoint may cost in a month."""

from __future__ import annotations

from tuning.checks.cost_bound import made_of
from tuning.prices.billing import month_cost
from tuning.variables.cost import money
from tuning.variables.explanation import Explanation
from tuning.variables.month_costs import MonthCosts
from tuning.variables.plan import Plan


def over_budget(plan: Plan, region: str, others: MonthCosts) -> Explanation | None:
    """The end of a run with which its month could cost more than MonthlyBudget.

    A run counts with the most that it can cost until it is through, so that the budget holds. An
    input whose own bound is unknown, or above the budget, was refused before.
    """
    budget, bound = plan.monthly_budget, plan.cost_bound.cost
    if budget is None or plan.month is None or bound.amount is None:
        return None
    told = plan.cost_bound.training_instance_hour
    spent, runs = month_cost(region, others, told), len(others.runs)
    if spent.amount is not None and spent.amount + bound.amount <= budget:
        return None
    return Explanation(
        outcome="OverBudget",
        reason=f"The runs for the endpoint {plan.endpoint.endpoint_name} in {plan.month}, {runs} "
        f"so far: {spent}. This run can cost {made_of(plan.cost_bound)}. Both together can be more "
        f"than MonthlyBudget = {money(budget)}. Runs go on in {_next(plan.month)}. To go on "
        "before, lower ResourceLimits.MaxNumberOfTrainingJobs or "
        "StoppingCondition.MaxRuntimeInSeconds, or raise MonthlyBudget.",
    )


def _next(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year + number // 12}-{number % 12 + 1:02}"
