"""`retune logs`."""

from collections.abc import Iterable
from typing import Annotated

import typer

from retune.aws import Aws
from retune.commands.results import find_run
from retune.completion import executions
from retune.errors import InputError
from retune.executions.execution import UnknownExecution, find_execution
from retune.logs.events import Log, LogEvent, follow
from retune.logs.function_log import FunctionLog, readable
from retune.logs.job_log import JobLog, find_job_log
from retune.options import StackName, Written
from retune.output.listed import Format, write_json
from retune.output.terminal import write, write_line
from retune.stack import DEFAULT_STACK, Stack, find_stack
from retune.trials.training_job_names import named
from retune.trials.tuning_jobs import read_trials

Name = Annotated[
    str | None,
    typer.Argument(
        metavar="JOB|EXECUTION",
        help="A job's name, or its number in the run; or an execution's. Without it, the latest.",
        autocompletion=executions,
    ),
]
Follow = Annotated[bool, typer.Option("--follow", "-f", help="Go on until it ends.")]
OfRun = Annotated[
    str | None,
    typer.Option(
        "--run",
        metavar="NAME",
        help="Execution or tuning job of the number; else the latest run.",
        autocompletion=executions,
    ),
]
Tail = Annotated[int | None, typer.Option("--last", min=1, help="So many lines, the newest.")]


def logs(
    name: Name = None,
    follows: Follow = False,
    run: OfRun = None,
    last: Tail = None,
    format: Written = Format.TABLE,
    stack: StackName = DEFAULT_STACK,
) -> None:
    """Show the log of a training job, or what Retune's functions logged for an execution.

    A training job is known by its name or, in the latest run or that of --run, by its number, as
    `retune results` shows it. Processing and transform jobs are known by their names. Ctrl-C ends
    --follow.

        retune logs 3 --follow
        retune logs retune-261124-1a2b3c4d-00-003-5e6f7a8b --last 20
        retune logs 3 --run 2026-11-24-031500-3f2a
        retune logs 2026-11-24-031500-3f2a
    """
    if follows and (last or format is Format.JSON):
        raise InputError("--follow shows all lines as they come: leave out --last and --format.")
    log = _log(Aws(), stack, name, run)
    if follows:
        _write(log, follow(log))
        return
    events = log.events(0)[-(last or 0) :]
    if format is Format.JSON:
        write_json([event.as_document() for event in events])
    elif events:
        _write(log, events)
    else:
        write("Nothing is logged yet.", err=True)


def _log(aws: Aws, stack: str, name: str | None, run: str | None) -> Log:
    """By the name of a job, by its number, or by the name of an execution.

    Raises InputError when it is none of them.
    """
    found = find_job_log(aws, name) if name and not name.isdecimal() else None
    if found is not None:
        return found
    deployed = find_stack(aws, stack)
    if name is None or run is None:
        try:
            execution = find_execution(aws, deployed, name or run)
            return FunctionLog(aws, deployed.name_prefix, execution.arn)
        except UnknownExecution:
            if name is None:
                raise
    return _numbered(aws, deployed, name, run)


def _numbered(aws: Aws, stack: Stack, name: str, run: str | None) -> JobLog:
    job, _ = find_run(aws, stack, run)
    return JobLog(aws, "Training", named(read_trials(aws, job), job.name, name).name)


def _write(log: Log, events: Iterable[LogEvent]) -> None:
    for event in events:
        if isinstance(log, FunctionLog):
            write_line(f"{event.time:%H:%M:%S} {event.source}: {readable(event.message)}")
        else:
            write(event.message.rstrip())
