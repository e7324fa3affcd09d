"""`arn:aws:states:::sagemaker:...` tasks, with and without `.sync`."""

from __future__ import annotations

from typing import Any

from botocore import xform_name
from botocore.exceptions import ClientError
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import FailureEvent
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.resource import (
    ResourceCondition,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_callback import (  # noqa: E501
    StateTaskServiceCallback,
)
from moto.stepfunctions.parser.asl.utils.boto_client import boto_client_for

from local_sagemaker.services.stepfunctions.json_values import to_json
from local_sagemaker.services.stepfunctions.sagemaker_api import (
    OPERATIONS,
    fields,
    job_of,
    unknown_fields,
)
from local_sagemaker.services.stepfunctions.sync_job import JobFailed, SyncJob
from local_sagemaker.services.stepfunctions.task_failure import refusal_cause, task_failed


class SageMakerTask(StateTaskServiceCallback):
    """Calls the API with the task's parameters as they are, and for `.sync` waits for the job."""

    def __init__(self) -> None:
        super().__init__(supported_integration_patterns={ResourceCondition.Sync})

    def _get_supported_parameters(self) -> set[str] | None:
        action = self.resource.api_action
        waits = self.resource.condition is not None
        supported = action in OPERATIONS and (not waits or job_of(action) is not None)
        return fields(action) if supported else None

    def _eval_parameters(self, env: Any) -> dict[str, Any]:
        self.parargs.eval(env=env)
        parameters: dict[str, Any] = env.stack.pop()
        unknown = unknown_fields(self.resource.api_action, parameters)
        if unknown:
            cause = f'The field "{unknown[0]}" is not supported by Step Functions.'
            raise task_failed(self, env, "States.Runtime", cause)
        if self.resource.condition == ResourceCondition.Sync:
            parameters = parameters | {"Tags": _tags(env, parameters)}
        return parameters

    def _eval_service_task(
        self,
        env: Any,
        resource_runtime_part: Any,
        normalised_parameters: dict[str, Any],
        state_credentials: Any,
    ) -> None:
        client = self._client(resource_runtime_part)
        operation = getattr(client, xform_name(OPERATIONS[self.resource.api_action]))
        response = operation(**normalised_parameters)
        response.pop("ResponseMetadata", None)
        env.stack.append(to_json(response))

    def _eval_integration_pattern(
        self,
        env: Any,
        resource_runtime_part: Any,
        normalised_parameters: dict[str, Any],
        state_credentials: Any,
    ) -> None:
        kind = job_of(self.resource.api_action)
        assert kind is not None
        job = SyncJob(self._client(resource_runtime_part), kind, normalised_parameters)
        env.stack.pop()
        try:
            env.stack.append(job.wait(env))
        except JobFailed as failed:
            raise task_failed(self, env, "States.TaskFailed", str(failed)) from failed

    def _from_error(self, env: Any, ex: Exception) -> FailureEvent:
        if isinstance(ex, ClientError):
            cause = refusal_cause(ex, "AmazonSageMaker")
            return task_failed(self, env, error_name(ex), cause).failure_event
        return super()._from_error(env=env, ex=ex)

    def _client(self, resource_runtime_part: Any) -> Any:
        return boto_client_for(service="sagemaker", region=resource_runtime_part.region)


def error_name(error: ClientError) -> str:
    """Errors of the API's model keep their name; all others share one."""
    modelled = type(error) is not ClientError
    name = error.response["Error"]["Code"] if modelled else "AmazonSageMaker"
    return f"SageMaker.{name.removesuffix('Exception')}Exception"


def _tags(env: Any, parameters: dict[str, Any]) -> list[dict[str, str]]:
    execution = env.states.context_object.context_object_data["Execution"]["Id"]
    return [
        *parameters.get("Tags", []),
        {"Key": "MANAGED_BY_AWS", "Value": "STARTED_BY_STEP_FUNCTIONS"},
        {"Key": "AWS_STEP_FUNCTIONS_EXECUTION_ARN", "Value": execution},
    ]
