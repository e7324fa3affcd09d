"""AwaitApproval: keeps the token of the state that waits until a person has decided."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import executions, model_packages
from tuning.aws.run_folder import RunFolder
from tuning.registry.approval import answer
from tuning.variables.approval import WaitingExecution

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> None:
    """Takes {"TaskToken", "ModelPackageArn", "Report"}.

    A person may have decided before the token was kept, and that event found no token. So the
    decision is also looked for here.
    """
    arn, token, report = event["ModelPackageArn"], event["TaskToken"], event["Report"]
    waiting = WaitingExecution(model_package_arn=arn, task_token=token)
    folder = RunFolder(report["Bucket"], report["Prefix"])
    folder.write(WaitingExecution.FILE, waiting.to_document())
    decided = answer(model_packages.describe_model_package(arn))
    if decided:
        executions.send_decision(token, decided)
    logger.info("Waiting" if decided is None else "Decided already", extra={"model_package": arn})
