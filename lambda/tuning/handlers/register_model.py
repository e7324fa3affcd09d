"""RegisterModel: enters the candidate into the Model Registry, promoted or not."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import gateway
from tuning.data.s3_location import S3Location
from tuning.registry.model_package import model_quality, package_request
from tuning.report.files import as_json

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"Plan", "TuningJobName", "Winner", "Model", "Verdict", "ExecutionId",
    "ExecutionName"}; returns {"ModelPackageArn"}."""
    plan, verdict = event["Plan"], event["Verdict"]
    metrics = None
    if verdict["HeldOut"]:
        metrics = S3Location(plan["Report"]["Bucket"], plan["Report"]["Prefix"] + "metrics.json")
        quality = model_quality(plan["Evaluation"]["ProblemType"], verdict["Candidate"]["Metrics"])
        gateway.write_object(metrics, as_json(quality), "application/json")
    gateway.ensure_model_package_group(plan["ModelPackageGroup"])
    request = package_request(event, str(metrics) if metrics else None, event["ExecutionName"])
    arn = gateway.create_model_package(request)
    logger.info("Registered", extra={"model_package": arn})
    return {"ModelPackageArn": arn}
