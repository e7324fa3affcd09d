"""The committed state machines are what `make asl` writes."""

import json
from pathlib import Path
from typing import Any

import pytest

from stacks.asl_format import WIDTH, asl_text
from stacks.retries import DEFINITIONS, states, with_retries


@pytest.mark.parametrize("path", DEFINITIONS, ids=lambda path: path.name)
def test_file_is_what_make_asl_writes(path: Path) -> None:
    text = path.read_text()
    assert text == asl_text(with_retries(json.loads(text))), "run make asl"


def task(resource: str) -> dict[str, Any]:
    return {"Type": "Task", "Resource": f"arn:${{Partition}}:states:::{resource}"}


def test_every_task_is_tried_again_wherever_it_stands() -> None:
    inner = {"States": {"Score": task("sagemaker:createTransformJob.sync")}}
    machine = {
        "States": {
            "Box": {"Type": "Parallel", "Branches": [{"States": {"Ask": task("lambda:invoke")}}]},
            "Each": {"Type": "Map", "ItemProcessor": inner},
            "Wait": {"Type": "Wait"},
        }
    }
    tried = [state for state in states(with_retries(machine)) if "Retry" in state]
    assert [state["Resource"].rpartition(":::")[2] for state in tried] == [
        "lambda:invoke",
        "sagemaker:createTransformJob.sync",
    ]


@pytest.mark.parametrize(
    ("resource", "error", "attempts"),
    [
        ("lambda:invoke.waitForTaskToken", "Lambda.TooManyRequestsException", 5),
        ("sagemaker:createTrainingJob.sync", "SageMaker.AmazonSageMakerException", 3),
        ("aws-sdk:sagemaker:updateEndpoint", "SageMaker.SageMakerException", 3),
        ("states:startExecution.sync:2", "States.TaskFailed", 3),
    ],
)
def test_names_that_a_task_is_tried_again_by_are_those_of_its_integration(
    resource: str, error: str, attempts: int
) -> None:
    (retry,) = with_retries({"States": {"Call": task(resource)}})["States"]["Call"]["Retry"]
    assert error in retry["ErrorEquals"]
    assert retry["MaxAttempts"] == attempts


def test_what_is_short_stands_on_one_line() -> None:
    machine = {"Short": {"ErrorEquals": ["States.ALL"]}, "Long": {"Words": ["word" * 20] * 2}}
    text = asl_text(machine)
    assert json.loads(text) == machine
    assert text.splitlines()[1] == '  "Short": {"ErrorEquals": ["States.ALL"]},'
    assert max(map(len, text.splitlines())) <= WIDTH


def test_list_of_one_opens_with_what_is_in_it() -> None:
    catch = [{"ErrorEquals": ["States.ALL"], "Output": "word" * 20, "Next": "Recover"}]
    text = asl_text({"Catch": catch})
    assert json.loads(text) == {"Catch": catch}
    assert text.splitlines()[1:3] == ['  "Catch": [{', '    "ErrorEquals": ["States.ALL"],']
    assert text.splitlines()[-2] == "  }]"
