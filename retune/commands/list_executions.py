"""`retune list`."""

from enum import StrEnum
from typing import Annotated

import typer
from rich.table import Table
from tuning.execution_input.suggest import did_you_mean
from tuning.failure.outcomes import OUTCOMES
from tuning.report.formats import duration

from retune.aws import Aws
from retune.errors import InputError
from retune.executions.history import PastRun, endpoint_named, past_runs
from retune.options import Last, StackName, WhoseRuns, Written
from retune.output import listed
from retune.output.listed import Format
from retune.stack import DEFAULT_STACK, find_stack


class Status(StrEnum):
    """Of an execution, in the words of Step Functions."""

    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    TIMED_OUT = "TIMED_OUT"
    ABORTED = "ABORTED"
    PENDING_REDRIVE = "PENDING_REDRIVE"


OfStatus = Annotated[
    Status | None,
    typer.Option("--status", case_sensitive=False, help="Only those, in Step Functions' words."),
]
OfOutcome = Annotated[
    str | None,
    typer.Option(
        "--outcome",
        help="Only those that ended so, such as Deployed: docs/outcomes.md.",
        autocompletion=lambda incomplete: [o for o in OUTCOMES if o.startswith(incomplete)],
    ),
]


def list_executions(
    name: WhoseRuns = None,
    status: OfStatus = None,
    outcome: OfOutcome = None,
    last: Last = 20,
    format: Written = Format.TABLE,
    stack: StackName = DEFAULT_STACK,
) -> None:
    """Show executions, newest first, with the names that other commands take.

    The oldest are 90 days old, since Step Functions forgets executions then. `retune history` tells
    why they ended so, and with which scores.

        retune list
        retune list bank --outcome Deployed
        retune list --status running --format json
    """
    if outcome is not None and outcome not in OUTCOMES:
        raise InputError(
            f"--outcome {outcome!r} is no outcome. {did_you_mean(outcome, OUTCOMES)} "
            "docs/outcomes.md tells what they mean."
        )
    aws = Aws()
    found = find_stack(aws, stack)
    endpoint = endpoint_named(found, name) if name else None
    runs = past_runs(aws, found, endpoint, last, status=status, outcome=outcome)
    none = f"The stack {stack!r} has no such execution of the last 90 days."
    listed.write([run.as_document() for run in runs], format, lambda: _table(runs), none)


def _table(runs: list[PastRun]) -> Table:
    """The name comes last, so that it stays whole, however long it is."""
    table = listed.new_table()
    table.add_column("Started", no_wrap=True)
    table.add_column("Took", justify="right", no_wrap=True)
    table.add_column("Model or endpoint", overflow="fold")
    table.add_column("Outcome", no_wrap=True)
    table.add_column("Execution", overflow="fold")
    for run in runs:
        table.add_row(
            f"{run.execution.started:%Y-%m-%d %H:%M}",
            duration(run.seconds),
            run.model or run.endpoint,
            run.outcome,
            run.execution.name,
        )
    return table
