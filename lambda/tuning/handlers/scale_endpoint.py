"""ScaleEndpoint: lets Application Auto Scaling add and remove instances of the endpoint."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws.clients import client
from tuning.variables.plan import Plan

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"Plan"}; returns {"ScalableTargetARN", "PolicyARN"}.

    Both calls bring what is there already in line.
    """
    requests = Plan.parse(event["Plan"]).endpoint.auto_scaling
    assert requests is not None, "the state is for plans that have it"
    scaling = client("application-autoscaling")
    target = scaling.register_scalable_target(**requests.target)
    policy = scaling.put_scaling_policy(**requests.policy)
    answer = {"ScalableTargetARN": target["ScalableTargetARN"], "PolicyARN": policy["PolicyARN"]}
    logger.info("Scaled", extra=answer)
    return answer
