"""`states:startExecution`, and the execution that its `.sync` and `.sync:2` wait for.

What a failed child leaves as cause (its DescribeExecution, names in alphabetical order, times in
milliseconds, Input and Output as text in both forms) is recorded on AWS, and that `.sync:2` gives
back Input as JSON, as it does Output.
"""

from __future__ import annotations

import json
from typing import Any

from local_sagemaker.stepfunctions.definition.integrations import SYNC_JSON
from local_sagemaker.stepfunctions.failure import StateFailed
from local_sagemaker.stepfunctions.json_text import to_text
from local_sagemaker.stepfunctions.tasks.api_values import of_task
from local_sagemaker.stepfunctions.tasks.json_values import to_json
from local_sagemaker.stepfunctions.tasks.parameter_faults import not_supported
from local_sagemaker.stepfunctions.tasks.service import Call, operation_of, result_by_sdk_1

_FIELDS = {"StateMachineArn", "Input", "Name"}


def field_faults(parameters: dict[str, Any]) -> list[str]:
    """Fields that the task does not have, and the one that it must have."""
    found = [not_supported(name) for name in sorted(set(parameters) - _FIELDS)]
    if "StateMachineArn" not in parameters:
        found.append("The field 'StateMachineArn' is required but was missing")
    return found


def start_execution(call: Call) -> Any:
    """Input may be any JSON, `{}` if there is none."""
    given = call.parameters.get("Input")
    text = given if isinstance(given, str) else to_text({} if given is None else given)
    return result_by_sdk_1(call.with_parameters(Input=text))


class ChildExecution:
    """One execution, known by the answer to its start."""

    look_seconds = 0.2

    def __init__(self, call: Call, started: dict[str, Any]) -> None:
        self._client = call.client
        self._arn = started["ExecutionArn"]
        self._as_json = call.resource.pattern == SYNC_JSON
        self._failed = call.resource.said_in_events

    def look(self) -> Any:
        response = self._client.describe_execution(executionArn=self._arn)
        shape = operation_of("stepfunctions", "describeExecution").output_shape
        description: dict[str, Any] = to_json(of_task(response, shape), times="milliseconds")
        if description["Status"] == "RUNNING":
            return None
        if description["Status"] != "SUCCEEDED":
            cause = to_text(description)
            raise StateFailed("States.TaskFailed", cause, "TaskFailed", self._failed)
        values = {name: json.loads(description[name]) for name in ("Input", "Output")}
        return description | (values if self._as_json else {})

    def stop(self) -> None:
        self._client.stop_execution(executionArn=self._arn)
