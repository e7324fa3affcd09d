"""`retune watch`."""

from pathlib import Path

from retune.aws import Aws
from retune.executions.ending import outcome, require_success
from retune.executions.execution import find_execution
from retune.executions.outcome_codes import end_with_code_of
from retune.executions.report_files import download_report, make_folder
from retune.executions.watching import watch_execution
from retune.options import DEFAULT_RUNS, ExecutionName, ExitCode, Runs, StackName
from retune.output.terminal import write
from retune.stack import DEFAULT_STACK, Stack, find_stack


def watch(
    execution: ExecutionName = None,
    exit_code: ExitCode = False,
    runs: Runs = DEFAULT_RUNS,
    stack: StackName = DEFAULT_STACK,
) -> None:
    """Follow an execution to its end.

    Shows state, training jobs, the best so far and the time left: drawn in place on a terminal, a
    line for each change elsewhere. When it has tuned, its report is put into
    `runs/<execution name>/`, also when it has failed: then the exit code is 1. Ctrl-C ends only the
    watching.

        retune watch
        retune watch 2026-11-24-031500-3f2a --exit-code
    """
    make_folder(runs)
    aws = Aws()
    found = find_stack(aws, stack)
    arn = find_execution(aws, found, execution).arn
    watch_to_the_end(aws, found, arn, runs, exit_code=exit_code)


def watch_to_the_end(aws: Aws, stack: Stack, arn: str, runs: Path, *, exit_code: bool) -> None:
    """Shows the execution, fetches its report, if it has one, and tells its outcome."""
    ended = watch_execution(aws, arn)
    report = download_report(aws, stack, ended, runs)
    if ended.succeeded:
        write(outcome(aws, ended), err=True)
    if report:
        write(f"Report: {report.resolve().as_uri()}", err=True)
    require_success(ended)
    if exit_code:
        end_with_code_of(ended)
