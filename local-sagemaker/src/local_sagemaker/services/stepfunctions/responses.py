"""The Step Functions API calls whose answers moto leaves incomplete."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.stepfunctions.exceptions import ValidationException
from moto.stepfunctions.parser.api import ExecutionStatus
from moto.stepfunctions.parser.asl.utils.encoding import to_json_str
from moto.stepfunctions.responses import StepFunctionResponse

from local_sagemaker.services.patching import replace
from local_sagemaker.services.stepfunctions import task_tokens
from local_sagemaker.services.stepfunctions.executions import stop
from local_sagemaker.services.stepfunctions.map_runs.responses import iterations, page


def install() -> None:
    replace(StepFunctionResponse, "describe_execution", describe_execution)
    replace(StepFunctionResponse, "list_executions", list_executions)
    replace(StepFunctionResponse, "stop_execution", stop_execution)
    replace(StepFunctionResponse, "get_execution_history", get_execution_history)
    replace(StepFunctionResponse, "send_task_success", send_task_success)
    replace(StepFunctionResponse, "send_task_failure", send_task_failure)


def describe_execution(request: StepFunctionResponse) -> ActionResult:
    execution: Any = request.stepfunction_backend.describe_execution(
        request._get_param("executionArn")
    )
    answer = {
        **_list_item(execution),
        "input": execution.execution_input,
        "inputDetails": {"included": True},
        "error": execution.error,
        "cause": execution.cause,
        **_redrive(execution.status),
    }
    if execution.status == ExecutionStatus.SUCCEEDED.value:
        answer["output"] = to_json_str(execution.output, separators=(",", ":"))
        answer["outputDetails"] = {"included": True}
    return ActionResult({name: value for name, value in answer.items() if value is not None})


def list_executions(request: StepFunctionResponse) -> ActionResult:
    backend, machine = request.stepfunction_backend, request._get_param("stateMachineArn")
    if bool(machine) == bool(request._get_param("mapRunArn")):
        raise ValidationException("Must provide either State Machine ARN or Map Run ARN")
    if not machine:
        found = [_list_item(execution) | more for execution, more in iterations(request)]
        return page(request, "executions", found)
    backend.describe_state_machine(machine)  # refuses one that is not there
    listed, next_token = backend.list_executions(
        machine,
        status_filter=request._get_param("statusFilter"),
        max_results=request._get_int_param("maxResults"),
        next_token=request._get_param("nextToken"),
    )
    items = [_list_item(execution) for execution in listed]
    return ActionResult({"executions": items, "nextToken": next_token})


def _list_item(execution: Any) -> dict[str, Any]:
    """ExecutionListItem of the API; what has not ended has no stopDate."""
    ended = {"stopDate": execution.stop_date} if execution.stop_date else {}
    return {
        "executionArn": execution.execution_arn,
        "stateMachineArn": execution.state_machine_arn,
        "name": execution.name,
        "status": execution.status,
        "startDate": execution.start_date,
        "redriveCount": 0,
        **ended,
    }


def _redrive(status: str) -> dict[str, str]:
    if status in ("RUNNING", "SUCCEEDED"):
        reason = f"Execution is {status} and cannot be redriven"
        return {"redriveStatus": "NOT_REDRIVABLE", "redriveStatusReason": reason}
    return {"redriveStatus": "REDRIVABLE"}


def stop_execution(request: StepFunctionResponse) -> ActionResult:
    execution: Any = request.stepfunction_backend.describe_execution(
        request._get_param("executionArn")
    )
    error, cause = request._get_param("error"), request._get_param("cause")
    return ActionResult({"stopDate": stop(execution, error=error, cause=cause)})


def get_execution_history(request: StepFunctionResponse) -> ActionResult:
    history: Any = request.stepfunction_backend.get_execution_history(
        request._get_param("executionArn")
    )
    events = list(history["events"])
    if request._get_bool_param("reverseOrder"):
        events.reverse()
    return page(request, "events", events)


def send_task_success(request: StepFunctionResponse) -> ActionResult:
    task_tokens.succeed(
        request.stepfunction_backend,
        request._get_param("taskToken"),
        output=request._get_param("output"),
    )
    return ActionResult({})


def send_task_failure(request: StepFunctionResponse) -> ActionResult:
    task_tokens.fail(
        request.stepfunction_backend,
        request._get_param("taskToken"),
        error=request._get_param("error"),
        cause=request._get_param("cause"),
    )
    return ActionResult({})
