"""Iterations and Map Runs where the API looks for executions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.stepfunctions.exceptions import ExecutionDoesNotExist
from moto.stepfunctions.parser.api import ExecutionStatus
from moto.stepfunctions.parser.models import StepFunctionsParserBackend

from local_sagemaker.services.patching import replace
from local_sagemaker.services.stepfunctions.map_runs.map_run import MapRun


def install() -> None:
    describe = StepFunctionsParserBackend.describe_execution

    def describe_with_iterations(backend: Any, execution_arn: str) -> Any:
        if "/" not in execution_arn:
            return describe(backend, execution_arn)
        for run in map_runs(backend):
            for each in run.iterations:
                if each.execution and each.execution.exec_arn == execution_arn:
                    return each.execution
        raise ExecutionDoesNotExist(f"Execution Does Not Exist: '{execution_arn}'")

    def executions(backend: Any, execution_status: ExecutionStatus | None = None) -> list[Any]:
        return [
            each
            for each in all_executions(backend)
            if execution_status is None or each.status == execution_status
        ]

    replace(StepFunctionsParserBackend, "describe_execution", describe_with_iterations)
    replace(StepFunctionsParserBackend, "_get_executions", executions)


def all_executions(backend: Any) -> Iterator[Any]:
    """Iterations too."""
    for machine in backend.state_machines:
        for execution in list(machine.executions):
            yield from _with_iterations(execution)


def map_runs(backend: Any) -> Iterator[MapRun]:
    for execution in all_executions(backend):
        yield from runs_of(execution)


def runs_of(execution: Any) -> list[MapRun]:
    """The Map Runs of an execution, the newest first."""
    env = execution.exec_worker.env if execution.exec_worker else None
    return [] if env is None else env.map_run_record_pool_manager.get_all()[::-1]


def _with_iterations(execution: Any) -> Iterator[Any]:
    yield execution
    for run in runs_of(execution):
        for each in list(run.iterations):
            if each.execution:
                yield from _with_iterations(each.execution)
