"""Lambda steps: a function is invoked with the step's arguments, and its answer has the outputs."""

from __future__ import annotations

import json

from botocore.exceptions import ClientError

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.pipelines.faults import StepFailed
from local_sagemaker.sagemaker.pipelines.outputs import outputs_of, shown
from local_sagemaker.sagemaker.pipelines.step_run import StepRun


def invoke(run: StepRun) -> Document:
    """The properties of the step: its OutputParameters by name.

    Raises:
        StepFailed: the function cannot be invoked, fails, or does not return an output.
    """
    function = run.step.body["FunctionArn"]
    event = json.dumps(run.arguments())
    try:
        answer = run.work.region.functions.invoke(FunctionName=function, Payload=event)
    except ClientError as error:
        told = error.response["Error"]
        raise StepFailed(
            f"ClientError: Failed to invoke lambda:Invoke. Error Details: {told['Message']}"
        ) from error
    payload = answer["Payload"].read().decode()
    if "FunctionError" in answer:
        raise StepFailed(f"ClientError: Lambda function {function} failed: {payload}")
    outputs = outputs_of(run.step.body.get("OutputParameters", []), _returned(payload))
    run.entry.tell(Lambda={"Arn": function, "OutputParameters": shown(outputs)})
    return {"OutputParameters": outputs}


def _returned(payload: str) -> Document:
    """What may have the outputs: an object. A function may answer with anything."""
    try:
        returned = json.loads(payload)
    except ValueError:
        return {}
    return returned if isinstance(returned, dict) else {}
