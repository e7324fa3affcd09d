"""Definitions that Step Functions refuses, before anything is made. Costs nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from retune.acceptance.scenario import Observation, Scenario, equals
from retune.acceptance.stage import Stage

_SAGEMAKER = "arn:PARTITION:states:::sagemaker:createTrainingJob.sync"
_ITEM = {"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}
_WRONG: dict[str, dict[str, Any]] = {
    "a heartbeat that is not smaller than the time-out": {
        "Type": "Task",
        "Resource": "arn:PARTITION:states:::sqs:sendMessage.waitForTaskToken",
        "Arguments": {"QueueUrl": "https://queue", "MessageBody": "{% $states.context %}"},
        "HeartbeatSeconds": 60,
        "TimeoutSeconds": 60,
        "End": True,
    },
    "a field of a Distributed Map in an inline one": {
        "Type": "Map",
        "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, **_ITEM},
        "Label": "label",
        "End": True,
    },
    "a Label that no ARN can hold": {
        "Type": "Map",
        "ItemProcessor": {
            "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            **_ITEM,
        },
        "Label": "a label?",
        "End": True,
    },
    "a SageMaker task without a member that its API requires": {
        "Type": "Task",
        "Resource": _SAGEMAKER,
        "Arguments": {"TrainingJobName": "{% $states.context.Execution.Name %}"},
        "End": True,
    },
}


def play(stage: Stage) -> Iterator[Observation]:
    for what, state in _WRONG.items():
        definition = {"QueryLanguage": "JSONata", "StartAt": "Wrong", "States": {"Wrong": state}}
        answer = stage.client("stepfunctions").validate_state_machine_definition(
            definition=json.dumps(definition).replace("PARTITION", stage.partition)
        )
        yield equals("definition-refusals", f"{what}: FAIL", f"{what}: {answer['result']}")


SCENARIO = Scenario(
    name="machine-definitions",
    about="definitions that Step Functions refuses",
    claims=("definition-refusals",),
    minutes=2,
    play=play,
)
