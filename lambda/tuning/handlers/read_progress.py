"""ReadProgress: how far an execution had come, read from what it has kept in the data bucket."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws.clients import AWS_ERRORS
from tuning.aws.executions import ENDED_WITHOUT_SUCCESS, describe_execution, read_history
from tuning.aws.run_folder import PLAN, RunFolder
from tuning.environment import Environment
from tuning.errors import ExecutionRedriven
from tuning.failure.error_cause import told
from tuning.failure.failing_state import IN_MAPS, RETUNE, of_ended
from tuning.failure.history import History
from tuning.failure.last_calls import last_calls_over
from tuning.failure.missing_file import missing_file
from tuning.failure.recovery_input import RecoveryInput
from tuning.failure.standing import standing_result
from tuning.names import run_folder
from tuning.report.files import FILES
from tuning.variables.deployment import Deployment
from tuning.variables.failed_state import FailedState
from tuning.variables.plan import Plan
from tuning.variables.progress import Progress
from tuning.variables.recovery_record import RecoveryRecord

logger = Logger()
_HISTORY_PAUSES_SECONDS = (0, 1, 2, 4, 8)  # GetExecutionHistory is eventually consistent
# What a state that was stopped had begun may go on for a moment, as a function does.
LAST_CALL_SECONDS = 5
# Files in the folder that are older are of an earlier execution of this name.
_CLOCKS = timedelta(minutes=5)


@logger.inject_lambda_context
def handler(event: Any, context: LambdaContext) -> dict[str, Any]:
    """Takes {"executionArn", "status", "error"?, "cause"?}; returns a Progress.

    These are members of EventBridge's "Step Functions Execution Status Change"; the workflow's
    Catch sends the status RUNNING, with the error and cause that it was given.

    Raises ExecutionRedriven when the execution, whose end was announced, was redriven since, and
    InvalidInput when there is no such end.
    """
    asked = RecoveryInput.parse(event)
    execution = describe_execution(asked.execution_arn)
    caught = asked.caught
    if not caught:
        _refuse_redriven(execution)
    asked.refuse_success(execution)
    failure = _caught(asked) if caught else of_ended(execution, _whole_history(execution))
    if not caught or failure.state in IN_MAPS:
        time.sleep(LAST_CALL_SECONDS)
    folder = RunFolder(Environment.parse(os.environ).bucket, run_folder(execution["name"]))
    since, record = execution["startDate"] - _CLOCKS, RecoveryRecord.file(execution)
    plan, deployment = folder.read(PLAN, since), folder.read(Deployment.FILE, since)
    has_plan, has_deployment = plan is not None, deployment is not None
    summary = folder.read(FILES["Summary"], since)
    planned = None if plan is None else Plan.parse(plan)
    failure = told(failure, planned.secrets if planned else ())
    progress = Progress(
        execution_id=asked.execution_arn,
        failure=failure,
        record=record,
        plan=planned,
        deployment=None if deployment is None else Deployment.parse(deployment),
        standing=standing_result(failure, summary, folder.read(record, last_calls_over(execution))),
        unread=missing_file(failure.state, has_plan=has_plan, has_deployment=has_deployment),
    )
    logger.info("Progress", extra={"progress": progress.model_dump(exclude={"plan"})})
    return progress.to_document()


def _refuse_redriven(execution: dict[str, Any]) -> None:
    redriven = execution.get("redriveCount", 0) > 0
    if redriven and execution["status"] not in ENDED_WITHOUT_SUCCESS:
        raise ExecutionRedriven(
            f"{execution['executionArn']} is {execution['status']}: somebody has redriven it since "
            "it ended."
        )


def _caught(asked: RecoveryInput) -> FailedState:
    for pause in _HISTORY_PAUSES_SECONDS:
        time.sleep(pause)
        state = _history(asked.execution_arn).failing_state(asked.error)
        if state is not None:
            return FailedState(state=state, error=asked.error, cause=asked.cause)
    return FailedState(state=RETUNE, error=asked.error, cause=asked.cause)


def _whole_history(execution: dict[str, Any]) -> History:
    """Of one that did not fail by itself, what there is: its end is known."""
    history = History(())
    for pause in _HISTORY_PAUSES_SECONDS if execution["status"] == "FAILED" else (0,):
        time.sleep(pause)
        history = _history(execution["executionArn"])
        if history.tells_the_end:
            break
    return history


def _history(execution_arn: str) -> History:
    """Serves wording only: one that cannot be read must not keep anything from being undone."""
    try:
        return History.of(read_history(execution_arn))
    except AWS_ERRORS:
        logger.exception("The history cannot be read")
        return History(())
