"""`retune report`."""

from pathlib import Path
from typing import Annotated

import typer
from tuning.report.files import FILES

from retune.aws import Aws
from retune.commands.export import find_tuning_job
from retune.completion import executions
from retune.errors import InputError
from retune.executions.execution import Execution, find_execution
from retune.executions.report_files import make_folder, written_files
from retune.options import DEFAULT_RUNS, Runs, StackName
from retune.output.browser import open_page
from retune.output.terminal import write, write_file
from retune.stack import DEFAULT_STACK, Stack, find_stack
from retune.trials.tuning_jobs import read_tuning_job

Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAME...",
        help="Tuning jobs of the account, whoever started them, or executions by name or ARN; "
        "without one, the latest run.",
        autocompletion=executions,
    ),
]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Where to put the page; - is stdout."),
]
Open = Annotated[bool, typer.Option("--open", help="Show it in the browser.")]

STDOUT = "-"
PAGE = FILES["Report"]


def report(
    names: Names = None,
    output: Output = None,
    open: Open = False,
    runs: Runs = DEFAULT_RUNS,
    stack: StackName = DEFAULT_STACK,
) -> None:
    """Fetch the report of a run, or make one of any tuning jobs of the account.

    Of one execution it is the page that the run has left. Of a tuning job, or of several things
    together, it is made here, with the tuning jobs that they began with (warm start). Without
    --output it goes to `runs/<first name>/report.html`.

        retune report --open
        retune report my-tuning-job
        retune report monday tuesday --output both.html
    """
    if output == STDOUT and open:
        raise InputError("--open needs a file: leave out `--output -`.")
    aws, asked = Aws(), list(dict.fromkeys(names or []))
    name, page = _page(aws, asked, stack)
    if output == STDOUT:
        write_file(page)
        return
    file = Path(output) if output else make_folder(runs / name) / PAGE
    try:
        file.write_bytes(page)
    except OSError as error:
        raise InputError(f"--output: {file} cannot be written: {error.strerror}.") from error
    url = file.resolve().as_uri()
    write(f"Report: {url}", err=True)
    if open:
        open_page(url)


def _page(aws: Aws, asked: list[str], stack: str) -> tuple[str, bytes]:
    """The name that its folder gets, and the page."""
    execution = _only_execution(aws, asked, stack)
    if execution:
        left = _left_by(aws, find_stack(aws, stack), execution)
        if left is not None:
            return execution.name, left
    from retune.trials.made_report import make_report  # Optuna takes a second to load

    wanted: list[str | None] = [*asked] or [None]
    jobs = [find_tuning_job(aws, name, stack) for name in wanted]
    files = {file.name: file.content for file in make_report(aws, jobs)}
    return execution.name if execution else jobs[0].name, files[PAGE]


def _only_execution(aws: Aws, asked: list[str], stack: str) -> Execution | None:
    """When one thing is asked for that is no tuning job."""
    if len(asked) > 1 or (asked and read_tuning_job(aws, asked[0])):
        return None
    return find_execution(aws, find_stack(aws, stack), asked[0] if asked else None)


def _left_by(aws: Aws, stack: Stack, execution: Execution) -> bytes | None:
    """The report in the execution's folder; None while there is none."""
    location = written_files(aws, stack, execution).get(PAGE)
    if location is None:
        return None
    answer = aws.client("s3").get_object(Bucket=location.bucket, Key=location.key)
    content: bytes = answer["Body"].read()
    return content
