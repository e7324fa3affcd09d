"""CreateModel: makes the model of a training job, and what it will be scored on where need be."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import hosting, objects
from tuning.evaluation.rows_for_models import copy_rows
from tuning.variables.model import Model
from tuning.variables.plan import Plan

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"Plan", "Model"}; the winner, or a trial, has a model's members too.

    Returns {"ModelName"}: the name of the training job that made it. A model is scored right after
    it was made, so that rows which are copied for that are copied here.
    """
    plan, model = Plan.parse(event["Plan"]), Model.parse(event["Model"])
    if plan.evaluation:
        copy_rows(plan.evaluation, objects)
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
            "Tags": list(plan.endpoint.config.tags),
        }
    )
    logger.info("Model", extra={"model": name})
    return {"ModelName": name}
