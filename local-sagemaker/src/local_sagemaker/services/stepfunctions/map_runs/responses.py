"""ListMapRuns, DescribeMapRun, UpdateMapRun, and ListExecutions of a Map Run."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.stepfunctions.exceptions import InvalidToken, ResourceNotFound, ValidationException
from moto.stepfunctions.responses import StepFunctionResponse

from local_sagemaker.services.patching import replace
from local_sagemaker.services.stepfunctions.map_runs.lookup import map_runs, runs_of
from local_sagemaker.services.stepfunctions.map_runs.map_run import MapRun

_PAGE = 100


def install() -> None:
    replace(StepFunctionResponse, "list_map_runs", list_map_runs)
    replace(StepFunctionResponse, "describe_map_run", describe_map_run)
    replace(StepFunctionResponse, "update_map_run", update_map_run)


def list_map_runs(request: StepFunctionResponse) -> ActionResult:
    backend: Any = request.stepfunction_backend
    execution = backend.describe_execution(request._get_param("executionArn"))
    return page(request, "mapRuns", [run.list_item() for run in runs_of(execution)])


def describe_map_run(request: StepFunctionResponse) -> ActionResult:
    return ActionResult(_run(request).describe())


def update_map_run(request: StepFunctionResponse) -> ActionResult:
    run = _run(request)
    if run.stop_date is not None:
        raise ValidationException("Map Run is not in RUNNING state")
    run.update(
        max_concurrency=request._get_param("maxConcurrency"),
        tolerated_failure_count=request._get_param("toleratedFailureCount"),
        tolerated_failure_percentage=request._get_param("toleratedFailurePercentage"),
    )
    return EmptyResult()


def iterations(request: StepFunctionResponse) -> list[tuple[Any, dict[str, Any]]]:
    """Executions of the Map Run that ListExecutions names, with what its answer adds to each."""
    run, status = _run(request), request._get_param("statusFilter")
    return [
        (each.execution, {"mapRunArn": run.map_run_arn, "itemCount": each.items})
        for each in reversed(run.iterations)
        if each.execution and status in (None, each.status)
    ]


def page(request: StepFunctionResponse, name: str, items: list[Any]) -> ActionResult:
    """The part of a list that was asked for. Raises InvalidToken."""
    start = _position(request._get_param("nextToken"))
    end = start + (request._get_int_param("maxResults") or _PAGE)
    more = {"nextToken": str(end)} if end < len(items) else {}
    return ActionResult({name: items[start:end], **more})


def _position(token: str | None) -> int:
    if token is None:
        return 0
    if not (token.isascii() and token.isdecimal()):
        raise InvalidToken(f"'{token}' is not a token of this list")
    return int(token)


def _run(request: StepFunctionResponse) -> MapRun:
    arn = request._get_param("mapRunArn")
    for run in map_runs(request.stepfunction_backend):
        if run.map_run_arn == arn:
            return run
    raise ResourceNotFound(arn)
