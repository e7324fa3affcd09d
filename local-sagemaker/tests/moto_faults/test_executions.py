from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto.stepfunctions.models import stepfunctions_backends
from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser
from moto.stepfunctions.parser.models import stepfunctions_parser_backends

from tests.moto_faults.clients import ROLE, client, create_queue, messages
from tests.moto_faults.machine import SUCCEED, create_machine, finish, history, run, start, task

WAIT = {"Wait": {"Type": "Wait", "Seconds": 1, "Next": "Done"}} | SUCCEED


def test_cloudformation_makes_machines_that_are_not_executed() -> None:
    definition = json.dumps({"StartAt": "Done", "States": SUCCEED})
    properties = {"DefinitionString": definition, "RoleArn": ROLE}
    machine = {"Type": "AWS::StepFunctions::StateMachine", "Properties": properties}
    client("cloudformation").create_stack(
        StackName="stack", TemplateBody=json.dumps({"Resources": {"Machine": machine}})
    )
    assert stepfunctions_parser_backends is not stepfunctions_backends
    assert client("stepfunctions").list_state_machines()["stateMachines"] == []


def test_a_state_that_does_not_exist_may_come_next() -> None:
    assert create_machine({"First": {"Type": "Pass", "Next": "Nowhere"}})


def test_errors_of_the_interpreter_have_no_code() -> None:
    with pytest.raises(ClientError) as refused:
        create_machine({"First": {"Type": "Nonsense"}})
    assert refused.value.response["Error"]["Code"] != "InvalidDefinition"


def test_an_execution_without_a_name_stays_without() -> None:
    machine = create_machine(SUCCEED)
    started = client("stepfunctions").start_execution(stateMachineArn=machine)
    assert started["executionArn"].endswith(":None")


def test_the_start_time_in_the_context_object_is_no_text() -> None:
    state = {"Type": "Pass", "Parameters": {"at.$": "$$.Execution.StartTime"}, "End": True}
    with pytest.raises(TypeError, match="datetime is not JSON serializable"):
        run({"Tell": state})


def test_an_execution_tells_eventbridge_nothing() -> None:
    url, queue = create_queue()
    pattern = json.dumps({"source": ["aws.states"]})
    client("events").put_rule(Name="rule", EventPattern=pattern)
    client("events").put_targets(Rule="rule", Targets=[{"Id": "1", "Arn": queue}])
    assert run(SUCCEED)["status"] == "SUCCEEDED"
    assert messages(url) == []


def test_a_description_lacks_the_details_of_its_input() -> None:
    assert "inputDetails" not in run(SUCCEED)


def test_the_list_lacks_the_end_of_what_was_out_of_time() -> None:
    wait = {"Wait": {"Type": "Wait", "Seconds": 9, "Next": "Done"}} | SUCCEED
    ended = run(wait, TimeoutSeconds=1)
    assert ended["status"] == "TIMED_OUT"
    (listed,) = client("stepfunctions").list_executions(stateMachineArn=ended["stateMachineArn"])[
        "executions"
    ]
    assert "stopDate" not in listed


def test_stopping_loses_the_error_and_the_cause() -> None:
    execution = start(WAIT)
    client("stepfunctions").stop_execution(executionArn=execution, error="Mine", cause="because")
    ended = finish(execution)
    assert ended["status"] == "ABORTED"
    assert {"error", "cause"} & set(ended) == set()


def test_history_has_no_pages() -> None:
    execution = start(SUCCEED)
    finish(execution)
    events = history(execution, maxResults=1, reverseOrder=True)
    assert len(events) > 1
    assert events[0]["type"] == "ExecutionStarted"


def test_jsonata_is_not_evaluated() -> None:
    state = {"Type": "Pass", "Output": "{% 1 + 1 %}", "End": True}
    ended: dict[str, Any] = run({"Add": state}, QueryLanguage="JSONata")
    assert ended["status"] == "FAILED"


def test_a_definition_is_parsed_for_every_execution() -> None:
    definition = json.dumps({"StartAt": "Done", "States": SUCCEED})
    trees = [AmazonStateLanguageParser.parse(definition)[1] for _ in range(2)]
    assert trees[0] is not trees[1]


def test_a_fault_of_the_machine_is_caught_by_everything() -> None:
    parameters = {"FunctionName.$": "$.missing"}
    catch = [{"ErrorEquals": ["States.ALL"], "Next": "Done"}]
    states = task("arn:aws:states:::lambda:invoke", Parameters=parameters, Catch=catch) | SUCCEED
    assert run(states)["status"] == "SUCCEEDED"


@pytest.mark.parametrize("kind", ["Parallel", "Map"])
def test_an_error_of_states_loses_its_name_when_it_leaves_a_branch(kind: str) -> None:
    url, _ = create_queue()
    never = task(
        "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        Parameters={"QueueUrl": url, "MessageBody": "nobody answers"},
        TimeoutSeconds=1,
    )
    branch = {"StartAt": "Task", "States": never}
    inner = {"Branches": [branch]} if kind == "Parallel" else {"ItemProcessor": branch}
    items = {"Type": "Pass", "Result": [1], "Next": "Outer"}
    ended = run({"Items": items, "Outer": {"Type": kind, "End": True} | inner})
    assert ended["error"] == "States.Runtime"  # AWS: States.Timeout


CHOICE: dict[str, Any] = {
    "Choose": {
        "Type": "Choice",
        "Choices": [{"Variable": "$.status", "StringEquals": "Done", "Next": "Done"}],
    },
    "Done": {"Type": "Succeed"},
}


def test_a_choice_that_nothing_matches_is_a_runtime_error() -> None:
    states = {"Give": {"Type": "Pass", "Result": {"status": "Stopped"}, "Next": "Choose"}, **CHOICE}
    ended = run(states)
    assert ended["error"] == "States.Runtime"
    assert ended["cause"].startswith("RuntimeError(")


def test_a_variable_that_is_not_there_is_no_fault_of_a_choice() -> None:
    assert run({**CHOICE, "Choose": {**CHOICE["Choose"], "Default": "Done"}})["status"] == (
        "SUCCEEDED"
    )


def test_a_result_path_into_a_text_is_a_type_error() -> None:
    put = {"Type": "Pass", "Result": 1, "ResultPath": "$.a.b", "End": True}
    ended = run({"Give": {"Type": "Pass", "Result": {"a": "text"}, "Next": "Put"}, "Put": put})
    assert ended["error"] == "States.Runtime"
    assert ended["cause"].startswith("TypeError(")


def test_a_member_of_an_element_is_a_list() -> None:
    take = {"Type": "Pass", "Parameters": {"v.$": "$.a[0].b"}, "End": True}
    given = {"Type": "Pass", "Result": {"a": [{"b": 1}]}, "Next": "Take"}
    assert json.loads(run({"Give": given, "Take": take})["output"]) == {"v": [1]}
