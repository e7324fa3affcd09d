"""`retune results`."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer
from tuning.report.files import trials_csv, trials_json
from tuning.trials.trials import Trial, TuningJob

from retune.aws import Aws
from retune.completion import executions
from retune.errors import FailedError
from retune.executions.ending import ending, outcome, warm_start
from retune.executions.execution import (
    Execution,
    UnknownExecution,
    find_execution,
    trace_execution,
)
from retune.executions.report_files import download_report
from retune.options import DEFAULT_RUNS, Runs, StackName
from retune.output import listed, terminal
from retune.stack import DEFAULT_STACK, Stack, find_stack
from retune.trials.narrow_results import narrow_results
from retune.trials.results_table import results_table
from retune.trials.tuning_jobs import read_trials, read_tuning_job


class Format(StrEnum):
    """How trials are written; csv and json are those of the report's files."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


Source = Annotated[
    str | None,
    typer.Argument(
        metavar="NAME",
        help="Name or ARN of an execution, or name of a tuning job; without it, the latest run.",
        autocompletion=executions,
    ),
]
Written = Annotated[Format, typer.Option("--format", help="How to write them.")]
Download = Annotated[bool, typer.Option("--download", help="Fetch the execution's report too.")]


def results(
    source: Source = None,
    format: Written = Format.TABLE,
    download: Download = False,
    runs: Runs = DEFAULT_RUNS,
    stack: StackName = DEFAULT_STACK,
) -> None:
    """Show the training jobs of a run, best first, and the verdict on the candidate.

    Also while it runs, or when it failed. With --download its report.html, report.json, trials.csv,
    trials.json and, when it succeeded, summary.json are put into `runs/<execution name>/`.

    The table fits a terminal, or as many columns as COLUMNS says: what does not is continued below,
    and long names are shortened. In a file or a pipe it is Markdown.

        retune results
        retune results retune-261124-1a2b3c4d-00 --format csv > trials.csv
    """
    aws = Aws()
    found = find_stack(aws, stack)
    job, execution = find_run(aws, found, source)
    if format is Format.TABLE and execution and execution.succeeded:
        terminal.write(outcome(aws, execution), err=True)
        for sentence in warm_start(execution):
            terminal.write(sentence, err=True)
    write(job, read_trials(aws, job), format)
    if download:
        report = download_report(aws, found, find_execution(aws, found, source), runs)
        if report is None:
            raise FailedError(
                "There is no report: only an execution that tuned has one, as soon as it has ended "
                "or its recovery has."
            )
        terminal.write(f"Report: {report.resolve().as_uri()}", err=True)


def find_run(aws: Aws, stack: Stack, source: str | None) -> tuple[TuningJob, Execution | None]:
    """The tuning job of that name, or an execution and its tuning job.

    Raises:
        FailedError: the execution ended before it had a tuning job.
    """
    try:
        execution = find_execution(aws, stack, source)
    except UnknownExecution:
        job = read_tuning_job(aws, source) if source else None
        if job is None:
            raise
        return job[0], None
    earlier = execution.output.get("TuningJobName")  # whose winner it has trained anew
    name = trace_execution(aws, execution.arn).tuning_job_name or earlier
    job = read_tuning_job(aws, name) if name else None
    if job is None:
        how = outcome(aws, execution) if execution.succeeded else ending(execution)
        raise FailedError(f"No tuning job: the execution {execution.name} {how}")
    return job[0], execution


def write(job: TuningJob, trials: Sequence[Trial], format: Format) -> None:
    if format is not Format.TABLE:
        content = trials_csv if format is Format.CSV else trials_json
        terminal.write(content(job, trials).decode().removesuffix("\n"))
        return
    console = terminal.Terminal()
    if not console.fits:
        listed.write_table(results_table(job, trials))
        return
    for part in narrow_results(job, trials, console.width):
        console.print(terminal.styled(part) if isinstance(part, str) else part)
