"""Tasks that call a service, and wait for a job or an answer after that."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from local_sagemaker.stepfunctions.json_text import to_text
from local_sagemaker.stepfunctions.tasks import tokens
from local_sagemaker.stepfunctions.tasks.clients import client_of_task
from local_sagemaker.stepfunctions.tasks.parameter_faults import not_started
from local_sagemaker.stepfunctions.tasks.patience import Patience, patience
from local_sagemaker.stepfunctions.tasks.resource import Resource
from local_sagemaker.stepfunctions.tasks.result_size import too_long
from local_sagemaker.stepfunctions.tasks.roles import assume
from local_sagemaker.stepfunctions.tasks.scheduled import limits
from local_sagemaker.stepfunctions.tasks.service import Call, Job, Service
from local_sagemaker.stepfunctions.tasks.service_errors import failure_of
from local_sagemaker.stepfunctions.tasks.services import service_of
from local_sagemaker.stepfunctions.tasks.task import TaskRequest

_logger = logging.getLogger(__name__)


def run_service(request: TaskRequest, resource: Resource) -> Any:
    """The task's result, with all events of its course but that of a failure."""
    service, said = service_of(resource), resource.said_in_events
    given = request.parameters
    faults = (
        service.faults(resource.action, given)
        if isinstance(given, dict)
        else ["The parameters must be an OBJECT"]
    )
    if faults:
        raise not_started(request, faults)
    request.record(
        "TaskScheduled", parameters=to_text(given), region=request.region, **said, **limits(request)
    )
    waited = patience(request, "TaskTimedOut", **said)
    request.record("TaskStarted", **said)
    assume(request, "TaskFailed", said)
    client = client_of_task(service.boto3_name, request)
    call = Call(client, service.boto3_name, resource, request, given)
    if not resource.has_token:
        return _succeeded(request, resource, _result(service, call, waited))
    token = tokens.open_token(request)
    try:
        submitted = _result(service, call, waited)
        request.record("TaskSubmitted", **_output(resource, submitted), **said)
        return _succeeded(request, resource, _outcome(service, call, submitted, token, waited))
    finally:
        token.close()


def _outcome(
    service: Service, call: Call, submitted: Any, token: tokens.Token, waited: Patience
) -> Any:
    """What the job put out, or who has the token."""
    if call.resource.waits_for_job and service.watch is not None:
        return _job_output(service, call, service.watch(call, submitted), token, waited)
    waited.wait_for(token.answered, beats=token)
    return token.result("TaskFailed", **call.resource.said_in_events)


def _job_output(
    service: Service, call: Call, job: Job, token: tokens.Token, waited: Patience
) -> Any:
    """Of the job, or of the answer to the task's token, which a `.sync` task has too."""
    output = None
    while output is None:
        try:
            answered = waited.wait_for(token.answered, at_most=job.look_seconds)
        except Exception:
            _stop(job)
            raise
        if answered:
            return token.result("TaskFailed", **call.resource.said_in_events)
        output = _translated(service, call, job.look)
    return output


def _stop(job: Job) -> None:
    try:
        job.stop()
    except (ClientError, BotoCoreError) as error:
        # Best effort, as on AWS: the job may have ended in the meantime.
        _logger.info("A job is not stopped: %s", error)


def _result(service: Service, call: Call, waited: Patience) -> Any:
    """Of the call itself. A job that starts too late is stopped.

    What is waited for has an event of its own when it is refused, as people report of AWS:
    https://github.com/ASFHyP3/hyp3/pull/805
    """
    event = "TaskSubmitFailed" if call.resource.has_token else "TaskFailed"

    def too_late(result: Any) -> None:
        if call.resource.waits_for_job and service.watch is not None:
            _stop(service.watch(call, result))

    return waited.call(
        lambda: _translated(service, call, lambda: service.call(call), event), too_late
    )


def _translated(
    service: Service, call: Call, work: Callable[[], Any], event: str = "TaskFailed"
) -> Any:
    """What the work gives; a refusal becomes the task's failure, which the event tells."""
    try:
        return work()
    except (ClientError, BotoCoreError) as error:
        raise failure_of(error, call.resource, service.boto3_name, event) from error


def _succeeded(request: TaskRequest, resource: Resource, result: Any) -> Any:
    request.record("TaskSucceeded", **_output(resource, result), **resource.said_in_events)
    return result


def _output(resource: Resource, result: Any) -> dict[str, Any]:
    """Raises States.DataLimitExceeded."""
    text, said = to_text(result), resource.said_in_events
    if failed := too_long(text, said["resourceType"], "TaskFailed", said):
        raise failed
    return {"output": text, "outputDetails": {"truncated": False}}
