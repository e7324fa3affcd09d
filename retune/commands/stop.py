"""`retune stop`."""

import sys
from typing import Annotated

import typer

from retune.aws import Aws
from retune.errors import InputError
from retune.executions.execution import Execution, find_execution
from retune.executions.progress import ProgressReader
from retune.executions.undone import what_stopping_does
from retune.options import ExecutionName, StackName, Yes
from retune.output.terminal import confirm, write, write_line
from retune.stack import DEFAULT_STACK, find_stack

Reason = Annotated[str, typer.Option(help="Kept with the execution.")]


def stop(
    execution: ExecutionName = None,
    reason: Reason = "Stopped by retune stop",
    yes: Yes = False,
    stack: StackName = DEFAULT_STACK,
) -> None:
    """Stop an execution, once it is said what that undoes.

    What it has started is stopped, and what served before serves again: a state machine of its own
    does that and sends a message when it is done. Without a terminal it needs --yes. Prints the
    execution's ARN.

        retune stop
        retune stop 2026-11-24-031500-3f2a --yes
    """
    aws = Aws()
    found = find_execution(aws, find_stack(aws, stack), execution)
    _require_running(found)
    progress = ProgressReader(aws, found.arn).read()
    write_line(f"The execution {found.name} is in {progress.state or 'its first state'}.", err=True)
    for sentence in what_stopping_does(progress):
        write(f"- {sentence}", err=True)
    if not yes:
        _ask(found)
    # Without an error: that it was stopped is what recovery goes by.
    aws.client("stepfunctions").stop_execution(executionArn=found.arn, cause=reason)
    write_line(found.arn)


def _require_running(execution: Execution) -> None:
    """Raises InputError for one that is over."""
    if not execution.is_running:
        ended = execution.output.get("Outcome") or execution.error or execution.status
        raise InputError(
            f"The execution {execution.name} goes on no more: it ended as {ended}. `retune list "
            "--status running` shows those that do."
        )


def _ask(execution: Execution) -> None:
    """Raises InputError when the answer is no, or nobody can answer."""
    if not sys.stdin.isatty():
        raise InputError(
            f"Nothing is stopped. If that is meant: retune stop {execution.name} --yes"
        )
    if not confirm("Stop it?"):
        raise InputError("Nothing is stopped.")
