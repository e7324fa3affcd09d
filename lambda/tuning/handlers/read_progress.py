"""ReadProgress: how far an execution had come, read from what it has kept in the data bucket."""

from __future__ import annotations

import os
import time
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws.clients import AWS_ERRORS
from tuning.aws.executions import ENDED_WITHOUT_SUCCESS, describe_execution, read_history
from tuning.aws.run_folder import PLAN, RunFolder
from tuning.environment import Environment
from tuning.errors import ExecutionRedriven
from tuning.failure.history import History
from tuning.names import run_folder
from tuning.report.files import FILES
from tuning.variables.deployment import Deployment
from tuning.variables.explanation import Explanation
from tuning.variables.failed_state import FailedState
from tuning.variables.plan import Plan
from tuning.variables.progress import Progress
from tuning.variables.recovery_record import RecoveryRecord
from tuning.variables.removed import Removed
from tuning.variables.result import Result
from tuning.variables.summary import Summary

logger = Logger()
_RETUNE = "Retune"  # the Parallel state that holds all the others
_HISTORY_PAUSES_SECONDS = (0, 1, 2, 4, 8)  # GetExecutionHistory is eventually consistent
# After these a summary does not stand: nobody was handed it, and it may be too large to be.
_TAKES_BACK = ("ABORTED", "TIMED_OUT", "FAILED")
# What the state that was stopped had begun may go on for a moment, as a function does.
LAST_CALL_SECONDS = 5


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"executionArn", "status", "error"?, "cause"?}; returns a Progress.

    These are members of EventBridge's "Step Functions Execution Status Change"; the workflow's
    Catch sends the status RUNNING, with the error and cause that it was given.

    Raises ExecutionRedriven when the execution, whose end was announced, was redriven since.
    """
    execution = describe_execution(event["executionArn"])
    caught = event["status"] == "RUNNING"
    if not caught:
        _refuse_redriven(execution)
        time.sleep(LAST_CALL_SECONDS)
    failure = _caught(event) if caught else _ended(execution)
    folder = RunFolder(Environment.parse(os.environ).bucket, run_folder(execution["name"]))
    plan, deployment = folder.read(PLAN), folder.read(Deployment.FILE)
    record = RecoveryRecord.file(execution.get("redriveCount", 0))
    progress = Progress(
        execution_id=event["executionArn"],
        failure=failure,
        record=record,
        plan=None if plan is None else Plan.parse(plan),
        deployment=None if deployment is None else Deployment.parse(deployment),
        standing=_standing(folder, record, failure),
    )
    logger.info("Progress", extra={"progress": progress.model_dump(exclude={"plan"})})
    return progress.to_document()


def _refuse_redriven(execution: dict[str, Any]) -> None:
    if execution["status"] not in ENDED_WITHOUT_SUCCESS:
        raise ExecutionRedriven(
            f"{execution['executionArn']} is {execution['status']}: somebody has redriven it since "
            "it ended."
        )


def _standing(folder: RunFolder, record: str, failure: FailedState) -> Result | None:
    """What the execution, or a recovery before this one, has come to.

    A person who stops an execution that has written its report takes back what is not proven.
    """
    summary = folder.read(FILES["Summary"])
    if summary is not None and failure.error not in _TAKES_BACK:
        pruned = Removed(error=failure.cause) if failure.state == "Prune" else None
        return Summary.parse(summary).model_copy(update={"pruned": pruned})
    kept = folder.read(record)
    earlier = RecoveryRecord.parse(kept) if kept else None
    if earlier is None or not earlier.complete:
        return None
    return Explanation(outcome=earlier.outcome, reason=earlier.reason)


def _caught(event: dict[str, Any]) -> FailedState:
    for pause in _HISTORY_PAUSES_SECONDS:
        time.sleep(pause)
        state = _history(event["executionArn"]).failing_state(event["error"])
        if state is not None:
            return FailedState(state=state, error=event["error"], cause=event["cause"])
    return FailedState(state=_RETUNE, error=event["error"], cause=event["cause"])


def _ended(execution: dict[str, Any]) -> FailedState:
    """An execution that failed although it had caught the error could not start its recovery."""
    if execution["status"] == "FAILED":
        history = _whole_history(execution["executionArn"])
        if history.caught is not None:
            error, cause = history.caught
            state = history.failing_state(error) or _RETUNE
            return FailedState(state=state, error=error, cause=cause)
    why = ": ".join(execution[member] for member in ("error", "cause") if execution.get(member))
    cause = f"the execution is {execution['status']}. {why}".rstrip()
    return FailedState(state="Step Functions", error=execution["status"], cause=cause)


def _whole_history(execution_arn: str) -> History:
    for pause in _HISTORY_PAUSES_SECONDS:
        time.sleep(pause)
        history = _history(execution_arn)
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
