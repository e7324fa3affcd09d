"""How far an execution had come when it failed or was stopped: what recovery goes by."""

from __future__ import annotations

from tuning.variables.deployment import Deployment
from tuning.variables.failed_state import FailedState
from tuning.variables.plan import Plan
from tuning.variables.result import Result
from tuning.variables.variable import Variable


class Progress(Variable):
    """`plan` and `deployment` are None when the execution had not come so far.

    `record` is the file in which recovery keeps its own end, a file for each redrive. `standing` is
    a result that stands already, so that nothing is to be undone. `unread` tells why the progress
    could not be read.
    """

    execution_id: str  # its ARN
    failure: FailedState
    record: str | None = None
    plan: Plan | None = None
    deployment: Deployment | None = None
    standing: Result | None = None
    unread: str = ""

    @property
    def endpoint_name(self) -> str:
        """Empty before there was a plan."""
        return self.plan.endpoint.endpoint_name if self.plan else ""

    @property
    def secrets(self) -> tuple[str, ...]:
        """Values of Environment, which must not be repeated."""
        return self.plan.secrets if self.plan else ()

    @property
    def unproven(self) -> Deployment | None:
        """What is to be undone at the endpoint, if anything."""
        if self.plan is None or self.standing is not None or self.deployment is None:
            return None
        return None if self.deployment.proven else self.deployment
