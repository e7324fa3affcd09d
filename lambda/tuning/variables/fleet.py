"""A fleet: one run of every deployed model, and what became of them."""

from __future__ import annotations

from tuning.variables.cost import Cost
from tuning.variables.variable import Variable


class FleetRun(Variable):
    """The run of one model, by the name that its execution gets."""

    model_name: str
    execution_name: str


class Fleet(Variable):
    """$fleet: the runs, and how many may go on at a time; the note says what is odd about that."""

    runs: tuple[FleetRun, ...]
    concurrency: int
    note: str = ""


class EndedRun(Variable):
    """How the run of a model has ended."""

    model_name: str
    outcome: str  # a name of tuning.failure.outcomes, or an error of Step Functions
    reason: str
    cost: Cost | None = None  # of training; None of a run that failed or trained nothing
    failed: bool = False


class FleetSummary(Variable):
    """The output of the execution of a fleet. Models by outcome, and those whose run failed."""

    models: int
    outcomes: dict[str, tuple[str, ...]]
    failed: tuple[EndedRun, ...]
    cost: Cost  # of training, without the runs that failed
    note: str = ""  # of $fleet
    message_id: str = ""

    @property
    def size(self) -> str:
        """`1 model`, `30 models`."""
        return f"{self.models} model{'' if self.models == 1 else 's'}"
