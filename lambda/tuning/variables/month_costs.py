"""What the runs of an endpoint cost in a month: a file below endpoints/ of the data bucket."""

from __future__ import annotations

from pydantic import Field

from tuning.variables.cost import Cost
from tuning.variables.variable import Variable


class RunRecord(Variable):
    """A run, by the name that the names of its training jobs begin with.

    Until its billable seconds, by instance type, are known it counts with its bound. With it stays
    what it was told of an hour of training, by instance type, where the price table has none.
    """

    job_name: str
    bound: Cost
    billable_seconds: dict[str, int] | None = None
    prepares: bool = False  # by a processing job, which is billed too
    training_instance_hour: dict[str, Cost] | None = None


class MonthCosts(Variable):
    """Runs by the ARNs of their executions; a run belongs to the month in which it started."""

    runs: dict[str, RunRecord] = Field(default_factory=dict)

    @property
    def training_instance_hour(self) -> dict[str, Cost]:
        """What the runs were told, by instance type; of two the later one."""
        told = [run.training_instance_hour or {} for run in self.runs.values()]
        dated = sorted((item for each in told for item in each.items()), key=_source)
        return dict(dated)

    def having(self, execution_id: str, record: RunRecord) -> MonthCosts:
        """These, with a run in place of what was known of it."""
        return MonthCosts(runs={**self.runs, execution_id: record})

    def without(self, execution_id: str) -> MonthCosts:
        """The other runs."""
        others = {key: run for key, run in self.runs.items() if key != execution_id}
        return MonthCosts(runs=others)


def _source(told: tuple[str, Cost]) -> str:
    """Ends with the date, and is the same up to it for all runs of an endpoint."""
    return told[1].prices or ""
