"""Answers to tasks that wait for their token (`.waitForTaskToken`).

moto finds the task, but takes an answer to one that has ended for a success and loses the cause
of a failure.
"""

from __future__ import annotations

import json
from typing import Any

from moto.stepfunctions.parser.api import (
    ExecutionStatus,
    InvalidOutput,
    InvalidToken,
    TaskTimedOut,
)
from moto.stepfunctions.parser.asl.eval.callback.callback import (
    CallbackOutcomeFailure,
    CallbackOutcomeSuccess,
)

from local_sagemaker.services.stepfunctions.lengths import check_length


def succeed(backend: Any, token: str, *, output: str) -> None:
    """Let the task that waits end with this output, which is JSON text."""
    check_length("output", output)
    try:
        json.loads(output)
    except ValueError as fault:
        raise InvalidOutput(f"Invalid Output: 'The output is not JSON: {fault}'") from fault
    _waiting(backend, token).notify(CallbackOutcomeSuccess(callback_id=token, output=output))


def fail(backend: Any, token: str, *, error: str | None, cause: str | None) -> None:
    """Let the task that waits fail with this error."""
    outcome = CallbackOutcomeFailure(callback_id=token, error=error, cause=cause)
    _waiting(backend, token).notify(outcome)


def _waiting(backend: Any, token: str) -> Any:
    """The end of the wait for this token.

    Raises InvalidToken for a token that no task has had, TaskTimedOut for one whose task is over.
    """
    for execution in backend._get_executions():
        env = execution.exec_worker.env
        endpoint = env.callback_pool_manager.get(token) if env is not None else None
        if endpoint is None:
            continue
        if execution.exec_status != ExecutionStatus.RUNNING or endpoint._notify_event.is_set():
            raise TaskTimedOut("Task Timed Out: 'Provided task does not exist anymore'")
        return endpoint
    raise InvalidToken
