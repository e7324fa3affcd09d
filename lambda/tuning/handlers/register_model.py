"""RegisterModel: enters the candidate into the Model Registry, promoted or not."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import model_packages, objects
from tuning.registry.model_package import Registration, model_quality
from tuning.report.files import as_json
from tuning.variables.verdict import Proven

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"Plan", "TuningJobName", "Winner", "Model", "Verdict", "ExecutionId",
    "ExecutionName"}; returns {"ModelPackageArn"}."""
    registration = Registration.parse(event)
    plan, verdict = registration.plan, registration.verdict
    metrics_uri = None
    if plan.evaluation is not None and isinstance(verdict, Proven):
        metrics = plan.report.file("metrics.json")
        metrics_uri = str(metrics)
        quality = model_quality(plan.evaluation.problem_type, verdict.candidate.metrics)
        objects.write_object(metrics, as_json(quality), "application/json")
    model_packages.ensure_model_package_group(plan.model_package_group)
    arn = model_packages.create_model_package(registration.request(metrics_uri))
    logger.info("Registered", extra={"model_package": arn})
    return {"ModelPackageArn": arn}
