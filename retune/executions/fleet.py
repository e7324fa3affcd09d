"""Follows a fleet: the runs of all models, each of which is told of as it ends."""

import json
import time
from collections.abc import Iterator
from typing import Any

from tuning.variables.fleet import EndedRun, FleetSummary

from retune.aws import Aws, seconds_between_looks
from retune.executions.ending import require_success
from retune.executions.execution import describe_execution
from retune.output.terminal import write, write_line


def watch_fleet(aws: Aws, arn: str) -> FleetSummary:
    """A line for each model as its run ends. Ctrl-C ends the watching, not the fleet.

    Raises:
        FailedError: the fleet itself did not come to its end.
    """
    pause = seconds_between_looks()
    told: set[str] = set()
    try:
        while True:
            execution = describe_execution(aws, arn)
            for run in _ended(aws, arn, told):
                write_line(_line(run))
            if not execution.is_running:
                require_success(execution)
                return FleetSummary.parse(execution.output)
            time.sleep(pause)
    except KeyboardInterrupt:
        write(
            f"\nThe fleet goes on. To stop it and its runs: retune stop {arn}",
            err=True,
        )
        raise


def _ended(aws: Aws, arn: str, told: set[str]) -> Iterator[EndedRun]:
    """The runs that have ended and were not told of; from now on they were."""
    client = aws.client("stepfunctions")
    for run in client.list_map_runs(executionArn=arn)["mapRuns"]:
        pages = client.get_paginator("list_executions").paginate(
            mapRunArn=run["mapRunArn"], statusFilter="SUCCEEDED"
        )
        listed: list[Any] = [each for page in pages for each in page["executions"]]
        for each in listed:
            if each["executionArn"] not in told:
                told.add(each["executionArn"])
                output = client.describe_execution(executionArn=each["executionArn"])["output"]
                yield EndedRun.parse(json.loads(output))


def _line(run: EndedRun) -> str:
    """Fits a terminal of 80 columns: the message of the fleet, and the run's, have all of it."""
    text = f"{run.model_name}: {run.outcome}: {' '.join(run.reason.split())}"
    return text if len(text) <= 80 else f"{text[:76]} ..."
