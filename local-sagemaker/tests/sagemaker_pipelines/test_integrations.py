"""Pipelines beside other services: functions, queues, events, schedules, state machines."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.function_zip import create_function
from tests.local_aws.machine import jsonata
from tests.local_aws.machine import run as run_machine
from tests.local_aws.test_events import create_queue, put_event, put_rule, received
from tests.local_aws.test_scheduler import schedule, soon
from tests.local_sagemaker.server import ROLE
from tests.local_sagemaker.waiting import wait_until
from tests.sagemaker_pipelines.definitions import (
    ENDED,
    Json,
    compare,
    condition,
    create,
    definition,
    finish,
    get,
    run,
    start,
    step,
    steps_of,
    token,
)

pytestmark = pytest.mark.usefixtures("roles")
COUNT = [{"OutputName": "count", "OutputType": "Integer"}]
MOOD = [{"Name": "Mood", "Type": "String", "DefaultValue": "calm"}]


@pytest.fixture(scope="module")
def sagemaker(local_aws: LocalAws) -> Any:
    return local_aws.client("sagemaker")


def function_step(local_aws: LocalAws, source: str, **properties: Any) -> Json:
    name = create_function(local_aws, source)
    arn = local_aws.client("lambda").get_function(FunctionName=name)["Configuration"]["FunctionArn"]
    return step("Call", "Lambda", {"mood": get("Parameters.Mood")}, FunctionArn=arn, **properties)


def test_function_gets_arguments_and_gives_outputs(local_aws: LocalAws, sagemaker: Any) -> None:
    source = "def handler(event, _): return {'count': len(event['mood']), 'other': 1}"
    call = function_step(local_aws, source, OutputParameters=COUNT)
    is_four = compare("Equals", get("Steps.Call.OutputParameters['count']"), 4)
    steps = run(sagemaker, call, condition("Decide", is_four), Parameters=MOOD)
    told = steps["Call"]["Metadata"]["Lambda"]
    assert told == {
        "Arn": call["FunctionArn"],
        "OutputParameters": [{"Name": "count", "Value": "4"}],
    }
    assert steps["Decide"]["Metadata"]["Condition"]["Outcome"] == "True"


def test_function_that_fails_fails_the_step(local_aws: LocalAws, sagemaker: Any) -> None:
    broken = function_step(local_aws, "def handler(event, _): raise ValueError('no mood')")
    silent = function_step(local_aws, "def handler(event, _): return {}", OutputParameters=COUNT)
    assert "no mood" in run(sagemaker, broken, Parameters=MOOD)["Call"]["FailureReason"]
    missing = run(sagemaker, silent, Parameters=MOOD)["Call"]["FailureReason"]
    assert "did not return the output 'count'" in missing


def callback_step(queue: str) -> Json:
    arguments = {"mood": get("Parameters.Mood"), "number": 0.5}
    return step("Ask", "Callback", arguments, SqsQueueUrl=queue, OutputParameters=COUNT)


def test_callback_step_waits_for_an_answer(local_aws: LocalAws, sagemaker: Any) -> None:
    url, _ = create_queue(local_aws)
    arn = start(sagemaker, create(sagemaker, definition(callback_step(url), Parameters=MOOD)))
    (message,) = received(local_aws, url)
    assert message == {
        "token": message["token"],
        "pipelineExecutionArn": arn,
        "arguments": {"mood": "calm", "number": 0.5},
        "status": "Executing",
    }
    answer = {"CallbackToken": message["token"]}
    outputs = [{"Name": "count", "Value": "3"}]
    told = sagemaker.send_pipeline_execution_step_success(OutputParameters=outputs, **answer)
    assert told["PipelineExecutionArn"] == arn
    assert finish(sagemaker, arn)["PipelineExecutionStatus"] == "Succeeded"
    assert steps_of(sagemaker, arn)["Ask"]["Metadata"]["Callback"] == {
        "CallbackToken": message["token"],
        "SqsQueueUrl": url,
        "OutputParameters": outputs,
    }
    with pytest.raises(sagemaker.exceptions.ResourceNotFound):
        sagemaker.send_pipeline_execution_step_success(**answer)


def test_callback_step_is_failed_by_its_answer(local_aws: LocalAws, sagemaker: Any) -> None:
    url, _ = create_queue(local_aws)
    arn = start(sagemaker, create(sagemaker, definition(callback_step(url), Parameters=MOOD)))
    (message,) = received(local_aws, url)
    sagemaker.send_pipeline_execution_step_failure(
        CallbackToken=message["token"], FailureReason="nobody is there"
    )
    assert finish(sagemaker, arn)["PipelineExecutionStatus"] == "Failed"
    assert steps_of(sagemaker, arn)["Ask"]["FailureReason"] == "nobody is there"


def test_stop_tells_the_queue_and_waits_for_the_answer(local_aws: LocalAws, sagemaker: Any) -> None:
    url, _ = create_queue(local_aws)
    arn = start(sagemaker, create(sagemaker, definition(callback_step(url), Parameters=MOOD)))
    received(local_aws, url)
    sagemaker.stop_pipeline_execution(PipelineExecutionArn=arn, ClientRequestToken=token())
    (message,) = received(local_aws, url)
    assert message["status"] == "Stopping"
    described = sagemaker.describe_pipeline_execution(PipelineExecutionArn=arn)
    assert described["PipelineExecutionStatus"] == "Stopping"
    sagemaker.send_pipeline_execution_step_success(CallbackToken=message["token"])
    assert finish(sagemaker, arn)["PipelineExecutionStatus"] == "Stopped"
    assert steps_of(sagemaker, arn)["Ask"]["StepStatus"] == "Stopped"


def test_events_tell_of_executions_and_steps(local_aws: LocalAws, sagemaker: Any) -> None:
    url, queue = create_queue(local_aws)
    name = create(sagemaker, definition(condition("Decide")))
    pipeline = sagemaker.describe_pipeline(PipelineName=name)["PipelineArn"]
    kinds = [
        f"SageMaker Model Building Pipeline {what} Status Change"
        for what in ("Execution", "Execution Step")
    ]
    pattern = {"source": ["aws.sagemaker"], "detail-type": kinds, "resources": [pipeline]}
    put_rule(local_aws, pattern, queue)
    arn = start(sagemaker, name)
    finish(sagemaker, arn)
    events = received(local_aws, url, 5)
    executions = [event["detail"] for event in events if event["detail-type"] == kinds[0]]
    steps = [event["detail"] for event in events if event["detail-type"] == kinds[1]]

    assert all(event["resources"] == [pipeline, arn] for event in events)
    assert [each["currentPipelineExecutionStatus"] for each in executions] == [
        "Executing",
        "Succeeded",
    ]
    assert executions[1]["previousPipelineExecutionStatus"] == "Executing"
    assert {"executionStartTime", "executionEndTime"} < set(executions[1])
    assert [each["currentStepStatus"] for each in steps] == ["Starting", "Executing", "Succeeded"]
    assert steps[2]["metadata"] == {"condition": {"outcome": "True"}}
    assert (steps[2]["stepName"], steps[2]["stepType"]) == ("Decide", "Condition")


def latest_execution(sagemaker: Any, name: str) -> Json:
    """The execution that somebody has started, when it has ended."""
    listed = wait_until(
        lambda: sagemaker.list_pipeline_executions(PipelineName=name),
        lambda found: any(
            each["PipelineExecutionStatus"] in ENDED for each in found["PipelineExecutionSummaries"]
        ),
    )
    arn = listed["PipelineExecutionSummaries"][0]["PipelineExecutionArn"]
    given: Json = sagemaker.list_pipeline_parameters_for_execution(PipelineExecutionArn=arn)
    return given


def test_rules_and_schedules_start_pipelines(local_aws: LocalAws, sagemaker: Any) -> None:
    names = [create(sagemaker, definition(condition("Decide"), Parameters=MOOD)) for _ in range(2)]
    by_rule, by_schedule = (
        sagemaker.describe_pipeline(PipelineName=name)["PipelineArn"] for name in names
    )
    source = f"shop.{token()}"
    target = {
        "RoleArn": ROLE,
        "SageMakerPipelineParameters": {
            "PipelineParameterList": [{"Name": "Mood", "Value": "$.detail.mood"}]
        },
    }
    put_rule(local_aws, {"source": [source]}, by_rule, **target)
    put_event(local_aws, source, mood="wild")
    parameters = {"PipelineParameterList": [{"Name": "Mood", "Value": "late"}]}
    due = {"Arn": by_schedule, "SageMakerPipelineParameters": parameters}
    schedule(local_aws, soon(), due)
    for name, mood in zip(names, ("wild", "late"), strict=True):
        given = latest_execution(sagemaker, name)["PipelineParameters"]
        assert given == [{"Name": "Mood", "Value": mood}]


def test_state_machine_starts_a_pipeline(local_aws: LocalAws, sagemaker: Any) -> None:
    name = create(sagemaker, definition(condition("Decide")))
    start_pipeline = {
        "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:sagemaker:startPipelineExecution",
        "Arguments": {"PipelineName": name, "ClientRequestToken": token()},
        "End": True,
    }
    output = run_machine(local_aws, jsonata({"Start": start_pipeline}))["output"]
    assert (
        finish(sagemaker, output["PipelineExecutionArn"])["PipelineExecutionStatus"] == "Succeeded"
    )
