"""$explained: how an execution ended that failed."""

from __future__ import annotations

from tuning.variables.run_cost import RunCost
from tuning.variables.variable import Variable


class Explanation(Variable):
    """`complete` says that another recovery could undo no more."""

    outcome: str  # a name of tuning.failure.outcomes
    reason: str  # what happened, where, and what to do, in lines
    complete: bool = True
    cost: RunCost | None = None  # None before there was a plan
    report: str | None = None  # S3 URI of report.html; None when nothing was tuned
