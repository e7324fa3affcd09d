"""How far an execution had come when it failed or was stopped: what recovery goes by."""

from __future__ import annotations

from typing import Any

from tuning.variables.deployment import Deployment
from tuning.variables.plan import Plan
from tuning.variables.variable import Variable


class FailedState(Variable):
    """What ended the execution.

    `error` and `cause` are those that its Catch was given. For an end that no Catch hears of,
    `state` is "Step Functions", `error` the status of the execution, and `cause` says why.
    """

    state: str
    error: str
    cause: str


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
    standing: dict[str, Any] | None = None
    unread: str = ""

    @property
    def endpoint_name(self) -> str:
        """Empty before there was a plan."""
        return self.plan.endpoint.endpoint_name if self.plan else ""

    @property
    def unproven(self) -> Deployment | None:
        """What is to be undone at the endpoint, if anything."""
        if self.plan is None or self.standing is not None or self.deployment is None:
            return None
        return None if self.deployment.proven else self.deployment
