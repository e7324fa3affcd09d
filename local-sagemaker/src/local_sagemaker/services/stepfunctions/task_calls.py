"""The calls that tasks make: signed with a key that names machine and state, and broken off as on
AWS when the connection breaks."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import FailureEvent
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service import (  # noqa: E501
    StateTaskService,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.state_task import StateTask
from moto.stepfunctions.parser.asl.utils import boto_client

from local_sagemaker.protocol.callers import access_key_id, key_arguments
from local_sagemaker.services.patching import replace
from local_sagemaker.services.stepfunctions.aws_sdk_task import error_prefix
from local_sagemaker.services.stepfunctions.task_failure import task_failed

_running = threading.local()
_INTEGRATIONS = {"lambda": "Lambda", "sagemaker": "SageMaker", "sns": "SNS", "sqs": "SQS"}
_MOST_CLIENTS = 64


class _TaskClients:
    """What the interpreter takes for boto3: each task runs in a thread of its own.

    Making a client takes longer than most calls do, so the tasks of a state share one.
    """

    def __init__(self) -> None:
        self._session = boto3.Session()
        self._one_at_a_time = threading.Lock()  # for the session; clients are for all threads
        self._clients: OrderedDict[tuple[str, str, str], Any] = OrderedDict()

    def client(self, **options: Any) -> Any:
        key = getattr(_running, "key", access_key_id("states"))
        wanted = (options["service_name"], options["region_name"], key)
        with self._one_at_a_time:
            if wanted not in self._clients:
                options |= key_arguments(key)
                self._clients[wanted] = self._session.client(**options)
            self._clients.move_to_end(wanted)
            if len(self._clients) > _MOST_CLIENTS:
                self._clients.popitem(last=False)
            return self._clients[wanted]


def install() -> None:
    execute = StateTaskService._eval_execution
    from_error = StateTask._from_error

    def execute_with_key(task: Any, env: Any) -> None:
        context = env.states.context_object.context_object_data
        machine, state = context["StateMachine"]["Name"], context["State"]["Name"]
        _running.key = access_key_id("states", machine, state)
        execute(task, env)

    def from_error_of_client(task: Any, env: Any, ex: Exception) -> FailureEvent:
        if isinstance(ex, BotoCoreError) and isinstance(task, StateTaskService):
            return _broken_off(task, env, ex)
        return from_error(task, env=env, ex=ex)

    replace(StateTaskService, "_eval_execution", execute_with_key)
    replace(StateTask, "_from_error", from_error_of_client)
    replace(boto_client, "boto3", _TaskClients())


def _broken_off(task: Any, env: Any, error: BotoCoreError) -> FailureEvent:
    """The Java SDK's name for a call without an answer, such as Lambda.SdkClientException."""
    service = task.resource.service_name
    prefix = _INTEGRATIONS.get(service) or error_prefix(task.resource.api_name)
    return task_failed(task, env, f"{prefix}.SdkClientException", str(error)).failure_event
