"""Deploys the template of a pipeline, and runs its state machines to their ends."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from local_sagemaker.local_aws import LocalAws

from tests.local_aws.machine import finish

_TEMPLATES = Path(__file__).parent / "templates"


def deploy(local_aws: LocalAws, template: str, **parameters: str) -> dict[str, str]:
    """Create a stack of the file `template`; what it puts out, by name."""
    cloudformation = local_aws.client("cloudformation")
    name = f"{Path(template).stem.replace('_', '-')}-{uuid.uuid4().hex[:6]}"
    cloudformation.create_stack(
        StackName=name,
        TemplateBody=(_TEMPLATES / template).read_text(),
        Parameters=[
            {"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()
        ],
        Capabilities=["CAPABILITY_NAMED_IAM"],
    )
    cloudformation.get_waiter("stack_create_complete").wait(
        StackName=name, WaiterConfig={"Delay": 1}
    )
    (stack,) = cloudformation.describe_stacks(StackName=name)["Stacks"]
    return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}


def run_to_end(
    local_aws: LocalAws, machine: str, given: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Start the machine; the description of its execution when it has ended."""
    started = local_aws.client("stepfunctions").start_execution(
        stateMachineArn=machine, input=json.dumps(given or {})
    )
    return finish(local_aws, started["executionArn"])


def latest_execution(local_aws: LocalAws, machine: str) -> str:
    """The ARN of the execution that somebody else has started last."""
    listed = local_aws.client("stepfunctions").list_executions(stateMachineArn=machine)
    return str(listed["executions"][0]["executionArn"])


def rows(count: int, *, labelled: bool, seed: int = 1) -> str:
    """Rows of CSV with four numbers, the label first: whether the first two are large together."""
    random_numbers = random.Random(seed)
    lines = []
    for _ in range(count):
        numbers = [round(random_numbers.random(), 3) for _ in range(4)]
        label = [int(numbers[0] + numbers[1] > 1)] if labelled else []
        lines.append(",".join(map(str, [*label, *numbers])))
    return "\n".join(lines) + "\n"


def put(local_aws: LocalAws, bucket: str, contents: Mapping[str, str]) -> None:
    """Objects of a bucket, by key."""
    for key, body in contents.items():
        local_aws.client("s3").put_object(Bucket=bucket, Key=key, Body=body)


def content(local_aws: LocalAws, bucket: str, key: str) -> str:
    body: bytes = local_aws.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read()
    return body.decode()
