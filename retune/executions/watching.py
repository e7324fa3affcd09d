"""Follows an execution to its end."""

import time

from retune.aws import Aws, seconds_between_looks
from retune.executions.execution import Execution
from retune.executions.live_view import progress_view
from retune.executions.progress import ProgressReader
from retune.output.terminal import Terminal, write


def watch_execution(aws: Aws, arn: str) -> Execution:
    """Shows the execution until it ends. Ctrl-C ends the watching, not the execution."""
    pause = seconds_between_looks()
    reader = ProgressReader(aws, arn)
    try:
        with progress_view(Terminal(stderr=True)) as show:
            while True:
                progress = reader.read()
                show(progress)
                if not progress.execution.is_running:
                    return progress.execution
                time.sleep(pause)
    except KeyboardInterrupt:
        name = arn.rsplit(":", 1)[-1]
        write(
            f"\nThe execution goes on. `retune watch {name}` looks at it again; `retune stop "
            f"{name}` stops it.",
            err=True,
        )
        raise
