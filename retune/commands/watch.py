"""`retune watch`."""

from pathlib import Path

from retune.aws import Aws
from retune.executions import find_execution
from retune.options import DEFAULT_RUNS, DEFAULT_STACK, ExecutionName, Runs, StackName
from retune.report_files import download_report, has_report, make_folder
from retune.stack import find_stack
from retune.terminal import write
from retune.watching import outcome, require_success, watch_execution


def watch(
    execution: ExecutionName = None, runs: Runs = DEFAULT_RUNS, stack: StackName = DEFAULT_STACK
) -> None:
    """Follow an execution to its end.

    Shows state, training jobs, the best so far and the time left: drawn in place on a terminal, a
    line for each change elsewhere. When it has succeeded, its report is put into
    `runs/<execution name>/`, unless it was skipped; when not, the exit code is 1. Ctrl-C ends only
    the watching.

        retune watch
        retune watch 2026-11-24-031500-3f2a
    """
    make_folder(runs)
    aws = Aws()
    watch_to_the_end(aws, find_execution(aws, find_stack(aws, stack), execution).arn, runs)


def watch_to_the_end(aws: Aws, arn: str, runs: Path) -> None:
    """Shows the execution, tells its outcome and fetches its report, if it has one."""
    ended = watch_execution(aws, arn)
    require_success(ended)
    write(outcome(ended), err=True)
    if has_report(ended):
        write(f"Its report is in {download_report(aws, ended, runs)}/", err=True)
