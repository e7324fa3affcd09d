"""Executions through the API: names, history, stop, time limits, error flow."""

from __future__ import annotations

import json
import re
import time
import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.function_zip import create_function
from tests.local_aws.machine import create_machine, finish, history, jsonata, run, start


def lambda_task(name: str, **more: Any) -> dict[str, Any]:
    arguments = {"FunctionName": name, "Payload": "{% $states.input %}"}
    resource = "arn:aws:states:::lambda:invoke"
    return {"Type": "Task", "Resource": resource, "Arguments": arguments, "End": True} | more


def wait_state(seconds: Any) -> dict[str, Any]:
    return {"Type": "Wait", "Seconds": seconds, "End": True}


def test_execution_without_a_name_is_named_by_a_uuid(local_aws: LocalAws) -> None:
    machine = jsonata({"Done": {"Type": "Succeed"}})
    first, second = run(local_aws, machine), run(local_aws, machine)
    assert re.fullmatch(r"[0-9a-f-]{36}", first["name"])
    assert first["executionArn"].endswith(f":{first['name']}")
    assert first["name"] != second["name"]


def test_execution_name_is_taken_once(local_aws: LocalAws) -> None:
    client = local_aws.client("stepfunctions")
    machine = create_machine(local_aws, jsonata({"Done": {"Type": "Succeed"}}))
    name = f"mine-{uuid.uuid4().hex[:6]}"
    arn = client.start_execution(stateMachineArn=machine, name=name, input='{"a": 1}')
    assert finish(local_aws, arn["executionArn"])["name"] == name
    with pytest.raises(client.exceptions.ExecutionAlreadyExists):
        client.start_execution(stateMachineArn=machine, name=name, input='{"a": 2}')


@pytest.mark.parametrize("name", ["two words", "a:b", "all*", "n" * 81])
def test_execution_name_that_aws_refuses_is_refused(local_aws: LocalAws, name: str) -> None:
    client = local_aws.client("stepfunctions")
    machine = create_machine(local_aws, jsonata({"Done": {"Type": "Succeed"}}))
    with pytest.raises(ClientError, match=r"(?i)invalid name|length less than or equal to 80"):
        client.start_execution(stateMachineArn=machine, name=name)


def test_description_is_complete(local_aws: LocalAws) -> None:
    ended = run(local_aws, jsonata({"Done": {"Type": "Succeed"}}), {"a": "ü"})
    assert ended["status"] == "SUCCEEDED"
    assert json.loads(ended["input"]) == ended["output"] == {"a": "ü"}
    assert ended["startDate"] <= ended["stopDate"]
    assert ended["stateMachineArn"].split(":")[5] == "stateMachine"


def test_history_tells_every_step_and_is_paged(local_aws: LocalAws) -> None:
    states = {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}}
    execution = start(local_aws, jsonata(states))
    finish(local_aws, execution)
    types = [event["type"] for event in history(local_aws, execution)]
    assert types == [
        "ExecutionStarted", "PassStateEntered", "PassStateExited",
        "SucceedStateEntered", "SucceedStateExited", "ExecutionSucceeded",
    ]  # fmt: skip
    client = local_aws.client("stepfunctions")
    page = client.get_execution_history(executionArn=execution, maxResults=2, reverseOrder=True)
    assert [event["type"] for event in page["events"]] == types[:-3:-1]
    assert page["nextToken"]


def test_aws_sdk_result_with_times_becomes_json(local_aws: LocalAws) -> None:
    name = f"times-{uuid.uuid4().hex[:8]}"
    local_aws.client("s3").create_bucket(Bucket=name)
    resource = "arn:aws:states:::aws-sdk:s3:listBuckets"
    task = {"Type": "Task", "Resource": resource, "Arguments": {}, "End": True}
    output = "{% $states.result.Buckets[Name = '" + name + "'].CreationDate %}"
    execution = start(local_aws, jsonata({"List": task | {"Output": output}}))
    ended = finish(local_aws, execution)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", ended["output"])
    succeeded = [e for e in history(local_aws, execution) if e["type"] == "TaskSucceeded"]
    assert ended["output"] in succeeded[0]["taskSucceededEventDetails"]["output"]


@pytest.mark.parametrize("kind", ["Wait", "Task"])
def test_stop_ends_an_execution_at_once(local_aws: LocalAws, kind: str) -> None:
    source = "import time\ndef handler(event, context): time.sleep(8)"
    state = wait_state(600) if kind == "Wait" else lambda_task(create_function(local_aws, source))
    execution = start(local_aws, jsonata({"Long": state}))
    client = local_aws.client("stepfunctions")
    client.stop_execution(executionArn=execution, error="Enough", cause="of this")
    described = client.describe_execution(executionArn=execution)
    assert (described["status"], described["error"], described["cause"]) == (
        "ABORTED", "Enough", "of this",
    )  # fmt: skip
    assert described["stopDate"]
    last = history(local_aws, execution)[-1]
    assert last["type"] == "ExecutionAborted"
    assert last["executionAbortedEventDetails"] == {"error": "Enough", "cause": "of this"}


def test_machines_time_limit_ends_the_execution(local_aws: LocalAws) -> None:
    machine = jsonata({"Long": wait_state(600)}) | {"TimeoutSeconds": 1}
    ended = run(local_aws, machine)
    assert ended["status"] == "TIMED_OUT"
    client, arn = local_aws.client("stepfunctions"), ended["stateMachineArn"]
    (listed,) = client.list_executions(stateMachineArn=arn)["executions"]
    assert listed["stopDate"] == ended["stopDate"]


def test_tasks_time_limit_raises_states_timeout(local_aws: LocalAws) -> None:
    source = "import time\ndef handler(event, context): time.sleep(5)"
    task = lambda_task(create_function(local_aws, source), TimeoutSeconds=1)
    ended = run(local_aws, jsonata({"Slow": task}))
    assert ended["error"] == "States.Timeout"


def test_wait_takes_its_seconds_from_an_expression(local_aws: LocalAws) -> None:
    started = time.monotonic()
    ended = run(local_aws, jsonata({"Wait": wait_state("{% $power(2, 0) %}")}))
    assert ended["status"] == "SUCCEEDED"
    assert time.monotonic() - started >= 1


def test_lambda_error_reaches_catch_by_its_class_name(local_aws: LocalAws) -> None:
    source = """
    class NoUsableTrial(Exception): pass
    def handler(event, context): raise NoUsableTrial('all "failed"')
    """
    catch = {
        "ErrorEquals": ["NoUsableTrial"],
        "Assign": {"failure": {"Error": "{% $states.errorOutput.Error %}",
                               "Cause": "{% $states.errorOutput.Cause %}",
                               "State": "{% $states.context.State.Name %}"}},
        "Next": "Explain",
    }  # fmt: skip
    states = {
        "Ask": lambda_task(create_function(local_aws, source), Catch=[catch]),
        "Explain": {
            "Type": "Fail",
            "Error": "{% $failure.Error & 'In' & $failure.State %}",
            "Cause": "{% $parse($failure.Cause).errorMessage %}",
        },
    }
    ended = run(local_aws, jsonata(states))
    assert ended["status"] == "FAILED"
    assert ended["error"] == "NoUsableTrialInAsk"
    assert ended["cause"] == 'all "failed"'


LONG = "def handler(event, context): return 'x' * 150_000"


@pytest.mark.parametrize("wildcard", ["States.ALL", "States.TaskFailed"])
@pytest.mark.parametrize(
    "too_much",
    [
        {"Arguments": "{% $pad('', 300000, 'x') %}"},
        {"Output": "{% $states.result & $states.result %}"},
    ],
    ids=lambda said: next(iter(said)),
)
def test_too_much_that_a_state_makes_itself_is_an_error_that_nothing_wild_catches(
    local_aws: LocalAws, wildcard: str, too_much: dict[str, Any]
) -> None:
    catch = {"ErrorEquals": [wildcard], "Next": "Caught"}
    task = lambda_task(create_function(local_aws, LONG), Catch=[catch]) | too_much
    ended = run(local_aws, jsonata({"Ask": task, "Caught": {"Type": "Succeed"}}))
    assert (ended["status"], ended["error"]) == ("FAILED", "States.DataLimitExceeded")


def test_too_much_that_a_task_gives_is_caught_as_recorded(local_aws: LocalAws) -> None:
    name = create_function(local_aws, "def handler(event, context): return 'x' * 300_000")
    catch = {"ErrorEquals": ["States.ALL"], "Next": "Caught"}
    states = {"Ask": lambda_task(name, Catch=[catch]), "Caught": {"Type": "Succeed"}}
    assert run(local_aws, jsonata(states))["output"]["Error"] == "States.DataLimitExceeded"


def test_too_long_an_input_is_refused(local_aws: LocalAws) -> None:
    with pytest.raises(ClientError, match="less than or equal to 262144"):
        run(local_aws, jsonata({"Done": {"Type": "Succeed"}}), "x" * 262_143)


def test_missing_function_has_lambdas_error_name(local_aws: LocalAws) -> None:
    ended = run(local_aws, jsonata({"Ask": lambda_task("nobody")}))
    assert ended["error"] == "Lambda.ResourceNotFoundException"


def test_retry_tries_again_and_counts(local_aws: LocalAws) -> None:
    source = """
    class Busy(Exception): pass
    def handler(event, context):
        if event["attempt"] < 2: raise Busy()
        return event["attempt"]
    """
    retry = {
        "ErrorEquals": ["Busy"], "IntervalSeconds": 1, "MaxAttempts": 3,
        "BackoffRate": 1, "JitterStrategy": "FULL", "MaxDelaySeconds": 5,
    }  # fmt: skip
    task = lambda_task(create_function(local_aws, source), Retry=[retry])
    task["Arguments"]["Payload"] = {"attempt": "{% $states.context.State.RetryCount %}"}
    ended = run(local_aws, jsonata({"Ask": task | {"Output": "{% $states.result.Payload %}"}}))
    assert ended["output"] == 2


def test_choice_rule_assigns_variables(local_aws: LocalAws) -> None:
    states = {
        "Choose": {
            "Type": "Choice",
            "Choices": [
                {
                    "Condition": "{% $states.input.a in [1, 2] %}",
                    "Assign": {"why": {"Text": "{% 'it is ' & $string($states.input.a) %}"}},
                    "Next": "Done",
                }
            ],
            "Default": "Other",
        },
        "Done": {"Type": "Succeed", "Output": "{% $why.Text %}"},
        "Other": {"Type": "Succeed", "Output": "other"},
    }
    assert run(local_aws, jsonata(states), {"a": 2})["output"] == "it is 2"
    assert run(local_aws, jsonata(states), {"a": 3})["output"] == "other"


def test_dangling_transition_is_refused(local_aws: LocalAws) -> None:
    with pytest.raises(ClientError, match=r"MISSING_TRANSITION_TARGET.*Nowhere") as refused:
        create_machine(local_aws, jsonata({"A": {"Type": "Pass", "Next": "Nowhere"}}))
    assert refused.value.response["Error"]["Code"] == "InvalidDefinition"


def test_aws_sdk_error_is_named_as_the_java_sdk_names_it(local_aws: LocalAws) -> None:
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:ssm:getParameter",
        "Arguments": {"Name": "absent"},
        "End": True,
    }
    assert run(local_aws, jsonata({"Ask": task}))["error"] == "Ssm.ParameterNotFoundException"


@pytest.mark.parametrize(
    ("call", "arguments"),
    [
        ("applicationautoscaling:describeScalableTargets", {"ServiceNamespace": "sagemaker"}),
        ("cloudwatchlogs:describeLogGroups", {}),
        ("sfn:listActivities", {}),
    ],
)
def test_aws_sdk_task_names_its_service_as_the_java_sdk_does(
    local_aws: LocalAws, call: str, arguments: dict[str, str]
) -> None:
    task = {
        "Type": "Task",
        "Resource": f"arn:aws:states:::aws-sdk:{call}",
        "Arguments": arguments,
        "Output": "answered",
        "End": True,
    }
    assert run(local_aws, jsonata({"Ask": task}))["output"] == "answered"


def test_aws_sdk_task_names_members_with_a_capital_letter(local_aws: LocalAws) -> None:
    """Also those of an API that writes them small, as Step Functions does."""
    machine = create_machine(local_aws, jsonata({"Done": {"Type": "Succeed"}}))
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:sfn:listExecutions",
        "Arguments": {"StateMachineArn": machine, "MaxResults": 2},
        "Output": "{% $states.result.Executions.Status %}",
        "End": True,
    }
    client = local_aws.client("stepfunctions")
    finish(local_aws, client.start_execution(stateMachineArn=machine)["executionArn"])
    assert run(local_aws, jsonata({"List": task}))["output"] == "SUCCEEDED"
