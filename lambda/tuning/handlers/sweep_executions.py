"""SweepExecutions: starts the recovery of executions whose end no event has announced."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws.clients import AWS_ERRORS
from tuning.aws.executions import creation_of, ended_without_success, start_execution
from tuning.aws.run_folder import RunFolder
from tuning.environment import SweepingEnvironment
from tuning.failure.last_calls import last_calls_over
from tuning.names import run_folder
from tuning.variables.recovery_record import RecoveryRecord

logger = Logger()
DAYS = 7  # a recovery that has failed for so long needs a person


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Returns the ARNs of the executions whose recovery was {"Started"}.

    Those are executions that ended FAILED, ABORTED or TIMED_OUT within the last days, since there
    is a recovery machine, and have no complete recovery: an event was lost, or their recovery was
    stopped, could not do all, or came before a last call of a stopped execution.

    Raises the first error that kept one of them from being recovered, once the others are.
    """
    environment = SweepingEnvironment.parse(os.environ)
    # What ended before there was a recovery machine was another version's to undo and to tell.
    since = max(datetime.now(UTC) - timedelta(days=DAYS), creation_of(environment.recovery_arn))
    started, faults = [], []
    for execution in ended_without_success(environment.state_machine_arn, since):
        try:
            if _recover(environment, execution):
                started.append(execution["executionArn"])
        except (*AWS_ERRORS, ValueError) as fault:
            logger.exception("Not swept", extra={"execution": execution["executionArn"]})
            faults.append(fault)
    logger.info("Swept", extra={"started": started})
    if faults:
        raise faults[0]
    return {"Started": started}


def _recover(environment: SweepingEnvironment, execution: dict[str, Any]) -> bool:
    """Whether its recovery was missing, and is started."""
    if _is_recovered(environment.bucket, execution):
        return False
    document = {"executionArn": execution["executionArn"], "status": execution["status"]}
    start_execution(environment.recovery_arn, document)
    return True


def _is_recovered(bucket: str, execution: dict[str, Any]) -> bool:
    folder = RunFolder(bucket, run_folder(execution["name"]))
    record = folder.read(RecoveryRecord.file(execution), last_calls_over(execution))
    return record is not None and RecoveryRecord.parse(record).complete
