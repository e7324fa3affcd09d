"""InspectEndpoint: whether the endpoint serves what a failed execution has not proven."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws.hosting import describe_endpoint
from tuning.variables.progress import Progress
from tuning.variables.restoration import EndpointState

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"Progress"}; returns an EndpointState."""
    state = _look(Progress.parse(event["Progress"]))
    logger.info("Endpoint", extra={"endpoint": state.to_document()})
    return state.to_document()


def _look(progress: Progress) -> EndpointState:
    """A config that is not of this execution is somebody else's affair and stays."""
    deployment = progress.unproven
    if deployment is None:
        return EndpointState(status="Untouched")
    endpoint = describe_endpoint(progress.endpoint_name, progress.secrets)
    if endpoint is None:
        return EndpointState(status="Missing")
    return EndpointState(
        status=endpoint.status,
        config_name=endpoint.config_name,
        reason=endpoint.reason,
        changing=endpoint.is_changing,
        ours=endpoint.config_name == deployment.endpoint_config_name,
    )
