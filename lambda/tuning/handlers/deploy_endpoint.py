"""DeployEndpoint: looks at the endpoint and takes the one step that is due."""

from __future__ import annotations

import os
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import hosting
from tuning.aws.run_folder import RunFolder
from tuning.aws.unproven_deployments import is_on_trial
from tuning.endpoint.next_step import Endpoint, Step, first_step, following_step
from tuning.environment import Environment
from tuning.errors import EndpointBusy, EndpointTimedOut
from tuning.tags import EXECUTION_TAG
from tuning.variables.champion import Champion
from tuning.variables.deployment import Deployment
from tuning.variables.endpoint_progress import EndpointProgress
from tuning.variables.plan import Plan
from tuning.variables.verdict import Unproven, parse_verdict

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"Plan", "EndpointConfigName", "Verdict"?, "Champion"?, "Progress"?}; a rollback has no
    verdict.

    Returns the progress: the state machine waits and calls again until the endpoint has settled.
    deployment.json is written before the endpoint is asked, so that recovery knows of it in any
    case. Raises what tuning.endpoint.next_step does, EndpointBusy when the endpoint was not free
    and EndpointTimedOut when it did not settle within MaxPolls looks.
    """
    plan, config = Plan.parse(event["Plan"]), event["EndpointConfigName"]
    progress = EndpointProgress.parse(event.get("Progress") or {})
    endpoint = hosting.describe_endpoint(plan.endpoint.endpoint_name, plan.secrets)
    asked = progress.asked or (endpoint is not None and endpoint.is_for(config))
    on_trial = not asked and _is_on_trial(plan, endpoint)
    if asked:
        step = following_step(endpoint, config, _previous(plan))
    else:
        step = first_step(endpoint, _champion(plan, event), on_trial=on_trial)
        asked = step is not Step.WAIT and _ask(plan, config, endpoint, step)
    following = progress.after_a_look(asked=asked, settled=step is Step.NONE)
    logger.info("Endpoint", extra={"endpoint": endpoint, "step": step, "progress": following})
    if not following.settled and following.looks >= plan.endpoint.max_polls:
        message = f"The endpoint {_state(endpoint, on_trial)} after {following.looks} looks."
        raise EndpointTimedOut(message) if asked else EndpointBusy(message)
    return following.to_document()


def _state(endpoint: Endpoint | None, on_trial: bool) -> str:
    if endpoint is None:
        return "is still not there"
    if on_trial:
        return f"still serves {endpoint.config_name}, which another execution has not proven,"
    return f"is still {endpoint.status}"


def _champion(plan: Plan, event: dict[str, Any]) -> str | None:
    """The config that the candidate was compared with, or that a rollback is to replace."""
    if plan.rollback:
        return plan.rollback.replaced
    if isinstance(parse_verdict(event["Verdict"]), Unproven):
        return None
    champion = event.get("Champion")
    return Champion.parse(champion).endpoint_config_name if champion else ""


def _is_on_trial(plan: Plan, endpoint: Endpoint | None) -> bool:
    """Whether what serves is of another execution that may yet take it back."""
    if endpoint is None:
        return False
    own = next(t["Value"] for t in plan.tuning_job["Tags"] if t["Key"] == EXECUTION_TAG)
    return is_on_trial(endpoint.config_name, Environment.parse(os.environ), own)


def _previous(plan: Plan) -> str:
    written = RunFolder.of(plan).read(Deployment.FILE)
    return Deployment.parse(written).previous if written else ""


def _ask(plan: Plan, config: str, endpoint: Endpoint | None, step: Step) -> bool:
    """Whether the endpoint was asked; False when it must be looked at again."""
    previous = endpoint.config_name if endpoint else ""
    deployment = Deployment(endpoint_config_name=config, previous=previous)
    RunFolder.of(plan).write(Deployment.FILE, deployment.to_document())
    names = {"EndpointName": plan.endpoint.endpoint_name, "EndpointConfigName": config}
    if step is Step.CREATE:
        return hosting.create_endpoint({**names, "Tags": plan.tuning_job["Tags"]})
    return hosting.update_endpoint({**plan.endpoint.update.to_document(), **names})
