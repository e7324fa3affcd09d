"""Executions as Step Functions has them: a name, a context object, and a stop that acts at once."""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime
from typing import Any

from moto.stepfunctions.parser.api import (
    ExecutionAbortedEventDetails,
    ExecutionStatus,
    HistoryEventType,
)
from moto.stepfunctions.parser.asl.eval.event.event_detail import EventDetails
from moto.stepfunctions.parser.backend.execution import (
    BaseExecutionWorkerCommunication,
    Execution,
)
from moto.stepfunctions.parser.backend.execution_worker import ExecutionWorker
from moto.stepfunctions.parser.models import StepFunctionsParserBackend

from local_sagemaker.services.patching import replace
from local_sagemaker.services.stepfunctions import status_events
from local_sagemaker.services.stepfunctions.json_values import to_json
from local_sagemaker.services.stepfunctions.lengths import check_length

_START_SECONDS = 5.0


def install() -> None:
    _name_every_execution()
    _complete_context()
    _keep_aborted()
    _tell_start()


def stop(execution: Execution, *, error: str | None, cause: str | None) -> datetime:
    """Abort a running execution; its tasks end on their own, what they still report is dropped."""
    stop_date = datetime.now(UTC)
    if execution.exec_status != ExecutionStatus.RUNNING:
        return execution.stop_date or stop_date
    env = _started_environment(execution)
    execution.exec_status = ExecutionStatus.ABORTED
    execution.stop_date, execution.error, execution.cause = stop_date, error, cause
    env.set_stop(stop_date=stop_date, error=error, cause=cause)
    env.event_manager.add_event(
        context=env.event_history_context,
        event_type=HistoryEventType.ExecutionAborted,
        event_details=EventDetails(
            executionAbortedEventDetails=ExecutionAbortedEventDetails(error=error, cause=cause)
        ),
    )
    env.event_manager.add_event = lambda *_arguments, **_named: None
    status_events.emit(execution)
    return stop_date


def _started_environment(execution: Execution) -> Any:
    """The interpreter's state, which exists only when its thread has come that far."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        env = execution.exec_worker.env
        if env is not None and env.is_running():
            break
        time.sleep(0.01)
    return execution.exec_worker.env


def _name_every_execution() -> None:
    start = StepFunctionsParserBackend.start_execution

    def start_with_name(
        backend: Any,
        state_machine_arn: str,
        name: str | None = None,
        execution_input: str | None = None,
        **named: Any,
    ) -> Execution:
        check_length("input", execution_input)
        name = name or str(uuid.uuid4())
        backend._validate_name(name)
        return start(backend, state_machine_arn, name, execution_input, **named)

    replace(StepFunctionsParserBackend, "start_execution", start_with_name)


def _complete_context() -> None:
    create = ExecutionWorker._get_evaluation_environment

    def create_with_whole_context(worker: ExecutionWorker) -> Any:
        env = create(worker)
        execution = env.states.context_object.context_object_data["Execution"]
        execution["StartTime"] = to_json(execution["StartTime"])
        execution["RedriveCount"] = 0
        return env

    replace(ExecutionWorker, "_get_evaluation_environment", create_with_whole_context)


def _keep_aborted() -> None:
    reflect = BaseExecutionWorkerCommunication._reflect_execution_status

    def reflect_unless_aborted(communication: Any) -> None:
        if communication.execution.exec_status != ExecutionStatus.ABORTED:
            reflect(communication)
            status_events.emit(communication.execution)

    replace(BaseExecutionWorkerCommunication, "_reflect_execution_status", reflect_unless_aborted)


def _tell_start() -> None:
    start = Execution.start

    def tell_and_start(execution: Execution) -> None:
        status_events.emit(execution, status=ExecutionStatus.RUNNING)
        start(execution)

    replace(Execution, "start", tell_and_start)
