"""Callback steps: a message to a queue, and an answer that somebody sends with its token.

The message has the members that AWS's has been seen to have: token, pipelineExecutionArn, arguments
and status. An execution that is stopped sends another, whose status is Stopping, and waits for the
answer all the same (API reference, StopPipelineExecution).
"""

from __future__ import annotations

import json

from botocore.exceptions import ClientError

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.pipelines.callbacks import Callback
from local_sagemaker.sagemaker.pipelines.faults import StepFailed, StepStopped
from local_sagemaker.sagemaker.pipelines.outputs import outputs_of, shown
from local_sagemaker.sagemaker.pipelines.step_run import StepRun

LOOK_SECONDS = 0.2


def wait_for_answer(run: StepRun) -> Document:
    """The properties of the step: its OutputParameters by name.

    Raises:
        StepFailed: the queue is not there, the answer is a failure, or lacks an output.
        StepStopped: the execution was stopped, and somebody has answered.
    """
    callback = run.work.callbacks.open(run.execution.arn)
    try:
        return _wait(run, callback, run.arguments())
    finally:
        run.work.callbacks.close(callback)


def _wait(run: StepRun, callback: Callback, arguments: Document) -> Document:
    queue = run.step.body["SqsQueueUrl"]
    _send(run, callback, arguments, "Executing")
    told: Document = {"CallbackToken": callback.token, "SqsQueueUrl": queue}
    run.entry.tell(Callback=told)
    while callback.answer is None and not run.signals.abandoned:
        if run.signals.stopping and run.entry.status != "Stopping":
            run.execution.enter_step(run.entry, "Stopping")
            _send(run, callback, arguments, "Stopping")
        run.signals.pause(LOOK_SECONDS)
    answer = callback.answer
    if answer is None or run.signals.stopping:
        raise StepStopped
    if "FailureReason" in answer:
        raise StepFailed(answer["FailureReason"])
    given = {each["Name"]: each["Value"] for each in answer.get("OutputParameters", [])}
    outputs = outputs_of(run.step.body.get("OutputParameters", []), given)
    run.entry.tell(Callback=told | {"OutputParameters": shown(outputs)})
    return {"OutputParameters": outputs}


def _send(run: StepRun, callback: Callback, arguments: Document, status: str) -> None:
    message = {
        "token": callback.token,
        "pipelineExecutionArn": run.execution.arn,
        "arguments": arguments,
        "status": status,
    }
    try:
        queue = run.step.body["SqsQueueUrl"]
        run.work.region.sqs.send_message(QueueUrl=queue, MessageBody=json.dumps(message))
    except ClientError as error:
        told = error.response["Error"]
        raise StepFailed(
            f"ClientError: Failed to invoke sqs:SendMessage. Error Details: {told['Message']}"
        ) from error
