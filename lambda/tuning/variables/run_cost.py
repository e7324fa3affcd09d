"""What an execution has cost: a part of the summary and of what a failure is told by."""

from __future__ import annotations

from tuning.variables.cost import Cost
from tuning.variables.variable import Variable


class RunCost(Variable):
    """Of its training and processing jobs, those that failed or were stopped too.

    `billable_seconds` are SageMaker's BillableTimeInSeconds times instances, by instance type; None
    when they are not known, or when a job goes on.
    """

    billable_seconds: dict[str, int] | None = None
    cost: Cost
    this_month: Cost | None = None  # of all runs of the endpoint, this one too; None: not counted

    @property
    def seconds(self) -> int | None:
        """Of all instances together."""
        return None if self.billable_seconds is None else sum(self.billable_seconds.values())
