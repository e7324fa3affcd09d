"""CreateModel: makes the model of a training job; also for the trials that are scored."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import hosting
from tuning.variables.model import Model
from tuning.variables.plan import Plan

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"Plan", "Model"}; the winner, or a trial, has a model's members too.

    Returns {"ModelName"}: the name of the training job that made it.
    """
    plan, model = Plan.parse(event["Plan"]), Model.parse(event["Model"])
    name, vpc = model.training_job_name, plan.endpoint.vpc_config
    hosting.create_model(
        {
            "ModelName": name,
            "PrimaryContainer": {
                "Image": model.training_image,
                "ModelDataUrl": model.model_data_url,
            },
            "ExecutionRoleArn": plan.endpoint.execution_role_arn,
            "EnableNetworkIsolation": plan.endpoint.enable_network_isolation,
            **({"VpcConfig": vpc} if vpc else {}),
            "Tags": plan.tuning_job["Tags"],
        }
    )
    logger.info("Model", extra={"model": name})
    return {"ModelName": name}
