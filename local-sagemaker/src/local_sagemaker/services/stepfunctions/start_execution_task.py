"""`arn:aws:states:::states:startExecution`, `.sync`, `.sync:2` and `.waitForTaskToken` tasks.

What a failed child leaves as cause (its DescribeExecution, names in alphabetical order, times in
milliseconds, Input and Output as text in both forms) others have measured on AWS. Undocumented is
whether `.sync:2` gives back Input as JSON, as it does Output; decided here: it does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from botocore.exceptions import ClientError
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import FailureEvent
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.resource import (
    ResourceCondition,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_callback import (  # noqa: E501
    StateTaskServiceCallback,
)
from moto.stepfunctions.parser.asl.utils.boto_client import boto_client_for

from local_sagemaker.services.stepfunctions.child_execution import (
    ChildExecution,
    ChildFailed,
    described,
)
from local_sagemaker.services.stepfunctions.task_failure import refusal_cause, task_failed

_FIELDS = {"StateMachineArn", "Input", "Name"}


class StartExecutionTask(StateTaskServiceCallback):
    """Starts an execution and, for `.sync` and `.sync:2`, waits for its end."""

    def __init__(self) -> None:
        patterns = (
            ResourceCondition.Sync,
            ResourceCondition.Sync2,
            ResourceCondition.WaitForTaskToken,
        )
        super().__init__(supported_integration_patterns={*patterns})

    def _get_supported_parameters(self) -> set[str] | None:
        return _FIELDS if self.resource.api_action == "startExecution" else None

    def _eval_parameters(self, env: Any) -> dict[str, Any]:
        self.parargs.eval(env=env)
        parameters: dict[str, Any] = env.stack.pop()
        for problem in field_faults(parameters):
            raise task_failed(self, env, "States.Runtime", problem)
        return parameters

    def _eval_service_task(
        self,
        env: Any,
        resource_runtime_part: Any,
        normalised_parameters: dict[str, Any],
        state_credentials: Any,
    ) -> None:
        given = normalised_parameters.get("Input", {})
        name = normalised_parameters.get("Name")
        response = self._client(resource_runtime_part).start_execution(
            stateMachineArn=normalised_parameters["StateMachineArn"],
            input=given if isinstance(given, str) else _text(given),
            **({} if name is None else {"name": name}),
        )
        env.stack.append(described(response))

    def _eval_integration_pattern(
        self,
        env: Any,
        resource_runtime_part: Any,
        normalised_parameters: dict[str, Any],
        state_credentials: Any,
    ) -> None:
        if self.resource.condition == ResourceCondition.WaitForTaskToken:
            super()._eval_integration_pattern(
                env, resource_runtime_part, normalised_parameters, state_credentials
            )
            return
        started = env.stack.pop()
        child = ChildExecution(self._client(resource_runtime_part), started["ExecutionArn"])
        as_json = self.resource.condition == ResourceCondition.Sync2
        try:
            env.stack.append(child.wait(env, as_json=as_json))
        except ChildFailed as failed:
            raise task_failed(self, env, "States.TaskFailed", str(failed)) from failed

    def _from_error(self, env: Any, ex: Exception) -> FailureEvent:
        if isinstance(ex, ClientError):
            code = ex.response["Error"]["Code"].removesuffix("Exception")
            cause = refusal_cause(ex, "AWSStepFunctions")
            return task_failed(self, env, f"StepFunctions.{code}Exception", cause).failure_event
        return super()._from_error(env=env, ex=ex)

    def _client(self, resource_runtime_part: Any) -> Any:
        return boto_client_for(service="stepfunctions", region=resource_runtime_part.region)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def field_faults(parameters: Iterable[str]) -> Iterator[str]:
    """Fields that the task does not have, and the one that it must have; `Input.$` is Input."""
    names = {name.removesuffix(".$") for name in parameters}
    for unknown in sorted(names - _FIELDS):
        yield f'The field "{unknown}" is not supported by Step Functions'
    if "StateMachineArn" not in names:
        yield "The field 'StateMachineArn' is required but was missing"
