"""Executions and Map Runs by their ARNs, wherever they are."""

from __future__ import annotations

from collections.abc import Iterator

from local_sagemaker.stepfunctions.api.arns import require
from local_sagemaker.stepfunctions.api.region import Region
from local_sagemaker.stepfunctions.api.started import Started
from local_sagemaker.stepfunctions.engine.execution import Execution
from local_sagemaker.stepfunctions.errors import ExecutionDoesNotExist, ResourceNotFound
from local_sagemaker.stepfunctions.map_runs.map_run import MapRun


def execution_of(region: Region, arn: str) -> Execution:
    """Raises InvalidArn, also for an express execution, and ExecutionDoesNotExist."""
    return started_and_execution(region, arn)[1]


def started_and_execution(region: Region, arn: str) -> tuple[Started, Execution]:
    """The execution, and that of which it is an iteration, or itself."""
    name = require(arn, "execution")[0]
    with region.lock:
        if arn in region.started:
            return region.started[arn], region.started[arn].execution
        roots = list(region.started.values()) if "/" in name else []
    for started in roots:
        for run in _map_runs(started.execution):
            for each in run.iterations:
                if each.execution and each.execution.arn == arn:
                    return started, each.execution
    raise ExecutionDoesNotExist(arn)


def map_run_of(region: Region, arn: str) -> MapRun:
    """Raises InvalidArn and ResourceNotFound."""
    require(arn, "mapRun")
    with region.lock:
        roots = list(region.started.values())
    for started in roots:
        for run in _map_runs(started.execution):
            if run.map_run_arn == arn:
                return run
    raise ResourceNotFound(f"Resource not found: '{arn}'")


def _map_runs(execution: Execution) -> Iterator[MapRun]:
    """Those of its iterations too."""
    for run in execution.map_runs:
        yield run
        for each in run.iterations:
            if each.execution:
                yield from _map_runs(each.execution)
