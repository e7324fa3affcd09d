"""Task: what its resource does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from local_sagemaker.stepfunctions.engine.data_flow import arguments, effective_input, with_result
from local_sagemaker.stepfunctions.engine.fields import number
from local_sagemaker.stepfunctions.engine.outcome import Outcome
from local_sagemaker.stepfunctions.queries import template
from local_sagemaker.stepfunctions.tasks import run, tokens
from local_sagemaker.stepfunctions.tasks.resource import parse
from local_sagemaker.stepfunctions.tasks.task import TaskRequest

if TYPE_CHECKING:
    from local_sagemaker.stepfunctions.engine.visit import Visit


def perform(visit: Visit) -> Outcome:
    """Each attempt evaluates its fields anew, and has a token of its own, if any."""
    resource: str = visit.said["Resource"]
    if parse(resource).has_token:
        visit.token = tokens.new_token()
    chosen = effective_input(visit)
    request = TaskRequest(
        resource=resource,
        parameters=arguments(visit, chosen),
        context=visit.context(),
        region=visit.branch.execution.environment.region,
        record=visit.branch.record,
        running=visit.branch.running,
        timeout_seconds=number(visit, "TimeoutSeconds", chosen, "integer"),
        heartbeat_seconds=number(visit, "HeartbeatSeconds", chosen, "integer"),
        role_arn=visit.branch.execution.revision.role_arn,
        credentials_role_arn=_credentials_role(visit, chosen),
        language=visit.state.language,
    )
    result = visit.work(lambda: run.run(request))
    visit.branch.running.check()
    visit.seen["result"] = result
    return with_result(visit, result)


def _credentials_role(visit: Visit, chosen: Any) -> str | None:
    """The role of another account, or one that may do less than the machine's own."""
    if "Credentials" not in visit.said:
        return None
    scope = visit.scope(input=chosen)
    credentials = visit.said["Credentials"]
    found = template.evaluate(credentials, scope, visit.state.language, "Credentials")
    role: str = found["RoleArn"]
    return role
