"""ResumeExecution: a model package was approved or rejected; tells the execution that waits."""

from __future__ import annotations

import os
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import executions, model_packages
from tuning.aws.run_folder import RunFolder
from tuning.environment import Environment
from tuning.names import run_folder
from tuning.registry.approval import answer
from tuning.registry.model_package import EXECUTION
from tuning.variables.approval import WaitingExecution

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> None:
    """Takes the event "SageMaker Model Package State Change".

    For most packages no execution waits: their runs are automatic, or over.
    """
    arn = event["detail"]["ModelPackageArn"]
    package = model_packages.describe_model_package(arn)
    decided, execution = answer(package), package.get("CustomerMetadataProperties", {})
    if decided is None or EXECUTION not in execution:
        logger.info("Nothing was decided, or not of a run", extra={"model_package": arn})
        return
    folder = RunFolder(Environment.parse(os.environ).bucket, run_folder(execution[EXECUTION]))
    kept = folder.read(WaitingExecution.FILE)
    waiting = WaitingExecution.parse(kept) if kept else None
    if waiting is None or waiting.model_package_arn != arn:
        logger.info("No execution waits for it", extra={"model_package": arn})
        return
    resumed = executions.send_decision(waiting.task_token, decided)
    details = {"decided": decided.to_document()}
    logger.info("Resumed" if resumed else "Nobody waits any more", extra=details)
