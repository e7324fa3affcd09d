"""Definitions of pipelines, and executions of them."""

from __future__ import annotations

import json
import uuid
from typing import Any

from tests.local_sagemaker.server import ROLE, new_name
from tests.local_sagemaker.waiting import wait_until

ENDED = ("Succeeded", "Failed", "Stopped")
Json = dict[str, Any]


def get(reference: str) -> Json:
    return {"Get": reference}


def join(*values: Any, on: str = "") -> Json:
    return {"Std:Join": {"On": on, "Values": list(values)}}


def json_get(step: str, file: str, path: str) -> Json:
    reference = get(f"Steps.{step}.PropertyFiles.{file}")
    return {"Std:JsonGet": {"PropertyFile": reference, "Path": path}}


def step(name: str, kind: str, arguments: Json | None = None, **properties: Any) -> Json:
    return {"Name": name, "Type": kind, "Arguments": arguments or {}} | properties


def compare(kind: str, left: Any, right: Any) -> Json:
    return {"Type": kind, "LeftValue": left, "RightValue": right}


def condition(
    name: str, *conditions: Json, yes: list[Json] | None = None, no: list[Json] | None = None
) -> Json:
    branches = {"IfSteps": yes or [], "ElseSteps": no or []}
    return step(name, "Condition", {"Conditions": list(conditions), **branches})


def definition(*steps: Json, **properties: Any) -> str:
    return json.dumps({"Version": "2020-12-01", "Steps": list(steps)} | properties)


def token() -> str:
    return uuid.uuid4().hex


def create(sagemaker: Any, text: str, **options: Any) -> str:
    """A new pipeline; its name."""
    name = new_name("pipeline")
    sagemaker.create_pipeline(
        PipelineName=name,
        PipelineDefinition=text,
        RoleArn=ROLE,
        ClientRequestToken=token(),
        **options,
    )
    return name


def start(sagemaker: Any, name: str, *, parameters: Json | None = None, **options: Any) -> str:
    """The ARN of a new execution."""
    if parameters:
        options["PipelineParameters"] = [
            {"Name": key, "Value": value} for key, value in parameters.items()
        ]
    started = sagemaker.start_pipeline_execution(
        PipelineName=name, ClientRequestToken=token(), **options
    )
    return str(started["PipelineExecutionArn"])


def finish(sagemaker: Any, arn: str) -> Json:
    """The description of the execution when it has ended."""
    return wait_until(
        lambda: sagemaker.describe_pipeline_execution(PipelineExecutionArn=arn),
        lambda execution: execution["PipelineExecutionStatus"] in ENDED,
    )


def steps_of(sagemaker: Any, arn: str) -> dict[str, Json]:
    """The steps of an execution by name, in the order of the answer."""
    listed = sagemaker.list_pipeline_execution_steps(PipelineExecutionArn=arn, MaxResults=100)
    return {each["StepName"]: each for each in listed["PipelineExecutionSteps"]}


def run(sagemaker: Any, *steps: Json, **properties: Any) -> dict[str, Json]:
    """Create a pipeline of these steps and execute it; the steps as they ended."""
    arn = start(sagemaker, create(sagemaker, definition(*steps, **properties)))
    finish(sagemaker, arn)
    return steps_of(sagemaker, arn)
