"""Puts our Step Functions parts into moto's interpreter."""

from __future__ import annotations

from typing import Any

from moto.core.config import default_user_config
from moto.core.exceptions import AWSError
from moto.stepfunctions import models
from moto.stepfunctions.parser import api
from moto.stepfunctions.parser.asl.component.state.exec.state_task import state_task_factory
from moto.stepfunctions.parser.models import (
    StepFunctionsParserBackend,
    stepfunctions_parser_backends,
)

from local_sagemaker.services.patching import replace
from local_sagemaker.services.stepfunctions import (
    aws_sdk_task,
    branch_errors,
    definite_paths,
    executions,
    jsonata_adapter,
    parsed_definitions,
    reserved_failures,
    responses,
    task_calls,
    uncatchable,
    waits,
)
from local_sagemaker.services.stepfunctions.definition_check import faults
from local_sagemaker.services.stepfunctions.map_runs import lookup, map_state
from local_sagemaker.services.stepfunctions.map_runs import responses as map_run_responses
from local_sagemaker.services.stepfunctions.sagemaker_task import SageMakerTask
from local_sagemaker.services.stepfunctions.start_execution_task import StartExecutionTask


def install(wait_scale: float) -> None:
    """Machines made by the API and by CloudFormation are executed; see waits for the scale."""
    default_user_config["stepfunctions"] = {"execute_state_machine": True}
    replace(models, "stepfunctions_backends", stepfunctions_parser_backends)
    _run_tasks()
    _check_definitions()
    _send_error_codes()
    jsonata_adapter.install()
    parsed_definitions.install()
    aws_sdk_task.install()
    branch_errors.install()
    definite_paths.install()
    reserved_failures.install()
    task_calls.install()
    executions.install()
    map_state.install()
    lookup.install()
    map_run_responses.install()
    responses.install()
    uncatchable.install()
    waits.install(wait_scale)


def _run_tasks() -> None:
    own = {"sagemaker": SageMakerTask, "states": StartExecutionTask}
    others = state_task_factory.state_task_service_for

    def state_task_service_for(service_name: str) -> Any:
        task = own.get(service_name)
        return others(service_name) if task is None else task()

    replace(state_task_factory, "state_task_service_for", state_task_service_for)


def _check_definitions() -> None:
    validate = StepFunctionsParserBackend._validate_definition

    def validate_more(definition: str) -> None:
        validate(definition)
        found = faults(definition)
        if found:
            raise api.InvalidDefinition(f"Invalid State Machine Definition: '{', '.join(found)}'")

    replace(StepFunctionsParserBackend, "_validate_definition", staticmethod(validate_more))


def _send_error_codes() -> None:
    """The interpreter's errors carry their code where moto's responses do not look."""

    def code_of(error: AWSError) -> str | None:
        return error.code if isinstance(error.code, str) else None

    replace(AWSError, "TYPE", property(code_of))
