"""EventBridge rules that deliver: patterns, inputs, targets, and the events of AWS's services."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws
from local_sagemaker.services.events.target_input import fill, target_input

from tests.local_aws.function_zip import create_function
from tests.local_aws.machine import ROLE, create_machine, finish, jsonata, run
from tests.local_sagemaker.roles import services_may


def create_queue(local_aws: LocalAws) -> tuple[str, str]:
    """URL and ARN; services of AWS may send to it."""
    sqs = local_aws.client("sqs")
    url = sqs.create_queue(
        QueueName=f"queue-{uuid.uuid4().hex[:8]}",
        Attributes={"Policy": services_may("sqs:SendMessage")},
    )["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    return url, arn["Attributes"]["QueueArn"]


def create_topic(local_aws: LocalAws) -> str:
    """The ARN of a topic to which services of AWS may publish."""
    attributes = {"Policy": services_may("sns:Publish")}
    name = f"topic-{uuid.uuid4().hex[:8]}"
    created = local_aws.client("sns").create_topic(Name=name, Attributes=attributes)
    return str(created["TopicArn"])


def put_rule(
    local_aws: LocalAws, pattern: dict[str, Any], target: str, **options: Any
) -> dict[str, Any]:
    """A rule with one target; the options are the target's."""
    events = local_aws.client("events")
    name = f"rule-{uuid.uuid4().hex[:8]}"
    events.put_rule(Name=name, EventPattern=json.dumps(pattern))
    role = {"RoleArn": ROLE} if ":states:" in target else {}
    events.put_targets(Rule=name, Targets=[{"Id": "it", "Arn": target, **role, **options}])
    return dict(events.describe_rule(Name=name))


def put_event(local_aws: LocalAws, source: str, **detail: Any) -> dict[str, Any]:
    entry = {"Source": source, "DetailType": "Thing Happened", "Detail": json.dumps(detail)}
    return dict(local_aws.client("events").put_events(Entries=[entry])["Entries"][0])


def received(local_aws: LocalAws, url: str, count: int = 1) -> list[Any]:
    """The bodies of the next messages, which must come within some seconds."""
    sqs = local_aws.client("sqs")
    bodies: list[Any] = []
    deadline = time.monotonic() + 10
    while len(bodies) < count and time.monotonic() < deadline:
        for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get(
            "Messages", []
        ):
            bodies.append(json.loads(message["Body"]))
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        time.sleep(0.05)
    assert len(bodies) == count, bodies
    return bodies


@pytest.fixture
def source() -> str:
    return f"test.{uuid.uuid4().hex[:8]}"


def test_matching_event_reaches_a_queue_whole(local_aws: LocalAws, source: str) -> None:
    url, arn = create_queue(local_aws)
    put_rule(local_aws, {"source": [source], "detail": {"state": [{"prefix": "do"}]}}, arn)
    put_event(local_aws, source, state="running")
    entry = put_event(local_aws, source, state="done", count=3)
    (event,) = received(local_aws, url)
    assert event["id"] == entry["EventId"]
    assert event["detail-type"] == "Thing Happened"
    assert event["detail"] == {"state": "done", "count": 3}
    assert time.strptime(event["time"], "%Y-%m-%dT%H:%M:%SZ")
    assert set(event) == {
        "version", "id", "detail-type", "source", "account", "time", "region", "resources",
        "detail",
    }  # fmt: skip


def test_target_that_is_gone_hinders_neither_other_targets_nor_the_sender(
    local_aws: LocalAws, source: str
) -> None:
    url, arn = create_queue(local_aws)
    gone = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/events/gone"
    rule = put_rule(local_aws, {"source": [source, "aws.states"]}, gone)["Name"]
    events = local_aws.client("events")
    events.put_targets(Rule=rule, Targets=[{"Id": "queue", "Arn": arn}])
    put_event(local_aws, source)
    assert received(local_aws, url)[0]["source"] == source
    run(local_aws, jsonata({"Done": {"Type": "Succeed"}}))
    assert {event["detail"]["status"] for event in received(local_aws, url, count=2)} == {
        "RUNNING", "SUCCEEDED"
    }  # fmt: skip
    events.remove_targets(Rule=rule, Ids=["it", "queue"])


def test_disabled_rule_delivers_nothing(local_aws: LocalAws, source: str) -> None:
    url, arn = create_queue(local_aws)
    rule = put_rule(local_aws, {"source": [source]}, arn)
    local_aws.client("events").disable_rule(Name=rule["Name"])
    put_event(local_aws, source, number=1)
    local_aws.client("events").enable_rule(Name=rule["Name"])
    put_event(local_aws, source, number=2)
    assert received(local_aws, url)[0]["detail"] == {"number": 2}


def test_state_machine_starts_with_the_transformed_event(local_aws: LocalAws, source: str) -> None:
    machine = create_machine(local_aws, jsonata({"Done": {"Type": "Succeed"}}))
    transformer = {
        "InputPathsMap": {"name": "$.detail.name", "all": "$.detail"},
        "InputTemplate": '{"Text": "job <name> ended", "Detail": <all>, "Name": <name>}',
    }
    put_rule(local_aws, {"source": [source]}, machine, InputTransformer=transformer)
    put_event(local_aws, source, name='my "job"', tries=2)
    client = local_aws.client("stepfunctions")
    started: list[Any] = []
    deadline = time.monotonic() + 10
    while not started and time.monotonic() < deadline:
        started = client.list_executions(stateMachineArn=machine)["executions"]
    assert finish(local_aws, started[0]["executionArn"])["output"] == {
        "Text": 'job my "job" ended',
        "Detail": {"name": 'my "job"', "tries": 2},
        "Name": 'my "job"',
    }


def test_failures_other_than_the_listed_start_a_machine_with_the_detail(
    local_aws: LocalAws,
) -> None:
    """Executions that fail under their outcome's name, or succeed, start nothing."""
    rescue = create_machine(local_aws, jsonata({"Done": {"Type": "Succeed"}}))
    fail = {"Type": "Fail", "Error": "{% $states.input.error %}", "Cause": "why"}
    watched = create_machine(local_aws, jsonata({"No": fail}))
    unexplained = {
        "status": ["FAILED"],
        "error": [{"anything-but": ["NotApproved", "RolledBack"]}],
    }
    detail = {"stateMachineArn": [watched], "$or": [{"status": ["ABORTED"]}, unexplained]}
    put_rule(local_aws, {"source": ["aws.states"], "detail": detail}, rescue, InputPath="$.detail")
    client = local_aws.client("stepfunctions")
    executions: list[Any] = []
    for error in ("NotApproved", "RolledBack", "States.Runtime"):
        given = json.dumps({"error": error})
        started = client.start_execution(stateMachineArn=watched, input=given)
        finish(local_aws, started["executionArn"])
    deadline = time.monotonic() + 10
    while not executions and time.monotonic() < deadline:
        executions = client.list_executions(stateMachineArn=rescue)["executions"]
    (execution,) = executions
    given = finish(local_aws, execution["executionArn"])["output"]
    assert given["executionArn"] == started["executionArn"]
    assert (given["status"], given["error"]) == ("FAILED", "States.Runtime")


def test_function_gets_the_event_and_a_topic_passes_it_on(local_aws: LocalAws, source: str) -> None:
    """Rule -> topic -> function and queue; the function answers into another queue."""
    answers, _ = create_queue(local_aws)
    handler = f"""
    import boto3
    def handler(event, context):
        boto3.client("sqs").send_message(
            QueueUrl={answers!r}, MessageBody=event["Records"][0]["Sns"]["Message"])
    """
    function = create_function(local_aws, handler)
    functions = local_aws.client("lambda")
    function_arn = functions.get_function(FunctionName=function)["Configuration"]
    sns = local_aws.client("sns")
    topic = create_topic(local_aws)
    functions.add_permission(
        FunctionName=function, StatementId="topic", Action="lambda:InvokeFunction",
        Principal="sns.amazonaws.com", SourceArn=topic,
    )  # fmt: skip
    url, queue = create_queue(local_aws)
    sns.subscribe(TopicArn=topic, Protocol="lambda", Endpoint=function_arn["FunctionArn"])
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue)
    sns.subscribe(TopicArn=topic, Protocol="email", Endpoint="me@example.com")
    put_rule(local_aws, {"source": [source]}, topic)
    put_event(local_aws, source, a=1)
    assert received(local_aws, answers)[0]["detail"] == {"a": 1}
    (notification,) = received(local_aws, url)
    assert notification["TopicArn"] == topic
    assert json.loads(notification["Message"])["detail"] == {"a": 1}


def test_function_hears_of_the_rules_that_it_admits(local_aws: LocalAws, source: str) -> None:
    """Without a permission the event goes to the dead-letter queue at once, if there is one."""
    answers, _ = create_queue(local_aws)
    handler = f"""
    import boto3, json
    def handler(event, context):
        boto3.client("sqs").send_message(QueueUrl={answers!r}, MessageBody=json.dumps(event))
    """
    functions, name = local_aws.client("lambda"), create_function(local_aws, handler)
    function = functions.get_function(FunctionName=name)["Configuration"]["FunctionArn"]
    (dead, queue), pattern = create_queue(local_aws), {"source": [source]}
    put_rule(local_aws, pattern, function, DeadLetterConfig={"Arn": queue})
    put_event(local_aws, source, a=1)
    assert received(local_aws, dead)[0]["detail"] == {"a": 1}
    admitted = put_rule(local_aws, pattern, function)
    functions.add_permission(
        FunctionName=name, StatementId="rule", Action="lambda:InvokeFunction",
        Principal="events.amazonaws.com", SourceArn=admitted["Arn"],
    )  # fmt: skip
    put_event(local_aws, source, a=2)
    assert received(local_aws, answers)[0]["detail"] == {"a": 2}
    assert received(local_aws, dead)[0]["detail"] == {"a": 2}


def test_execution_tells_its_status(local_aws: LocalAws) -> None:
    url, arn = create_queue(local_aws)
    put_rule(local_aws, {"source": ["aws.states"], "detail": {"name": ["told"]}}, arn)
    machine = create_machine(
        local_aws, jsonata({"No": {"Type": "Fail", "Error": "TooBad", "Cause": "it is"}})
    )
    started = local_aws.client("stepfunctions").start_execution(
        stateMachineArn=machine, name="told", input='{"a": 1}'
    )
    running, failed = (event["detail"] for event in received(local_aws, url, 2))
    assert (running["status"], failed["status"]) == ("RUNNING", "FAILED")
    assert failed["executionArn"] == started["executionArn"]
    assert failed["stateMachineArn"] == machine
    assert (failed["error"], failed["cause"]) == ("TooBad", "it is")
    assert json.loads(failed["input"]) == {"a": 1}
    assert failed["startDate"] <= failed["stopDate"]


def test_approval_of_a_model_package_is_an_event(local_aws: LocalAws) -> None:
    url, arn = create_queue(local_aws)
    sagemaker = local_aws.client("sagemaker")
    group = f"group-{uuid.uuid4().hex[:8]}"
    pattern = {
        "source": ["aws.sagemaker"],
        "detail-type": ["SageMaker Model Package State Change"],
        "detail": {"ModelPackageGroupName": [group], "ModelApprovalStatus": ["Approved"]},
    }
    put_rule(local_aws, pattern, arn)
    sagemaker.create_model_package_group(ModelPackageGroupName=group)
    package = sagemaker.create_model_package(ModelPackageGroupName=group)["ModelPackageArn"]
    sagemaker.update_model_package(ModelPackageArn=package, ModelApprovalStatus="Approved")
    (event,) = received(local_aws, url)
    assert event["resources"] == [package]
    assert event["detail"]["ModelPackageArn"] == package
    assert event["detail"]["ModelPackageVersion"] == 1


def test_rule_for_events_of_sagemaker_that_are_not_sent_is_refused(local_aws: LocalAws) -> None:
    pattern = {"source": ["aws.sagemaker"], "detail-type": ["SageMaker Image State Change"]}
    _, queue = create_queue(local_aws)
    with pytest.raises(ClientError, match="sends no events of the detail-type SageMaker Image"):
        put_rule(local_aws, pattern, queue)
    put_rule(local_aws, pattern | {"detail-type": [{"prefix": "SageMaker "}]}, queue)


def test_failing_delivery_goes_to_the_dead_letter_queue(local_aws: LocalAws, source: str) -> None:
    url, queue = create_queue(local_aws)
    put_rule(
        local_aws,
        {"source": [source]},
        "arn:aws:lambda:us-east-1:123456789012:function:nobody",
        DeadLetterConfig={"Arn": queue},
    )
    put_event(local_aws, source, a=1)
    assert received(local_aws, url)[0]["detail"] == {"a": 1}


def test_source_of_aws_is_refused(local_aws: LocalAws) -> None:
    assert put_event(local_aws, "aws.sagemaker")["ErrorCode"] == "NotAuthorizedForSourceException"


def test_target_that_nothing_would_reach_is_refused(local_aws: LocalAws) -> None:
    with pytest.raises(ClientError, match="Local AWS delivers events to"):
        put_rule(local_aws, {"source": ["x"]}, "arn:aws:kinesis:us-east-1:1:stream/x")


def test_what_aws_refuses_of_a_target_is_refused_in_its_words(local_aws: LocalAws) -> None:
    events = local_aws.client("events")
    targets = [{"Id": "1", "Arn": "arn:aws:kinesis:us-east-1:1:stream/x"}]
    with pytest.raises(ClientError, match="Rule none does not exist on EventBus default"):
        events.put_targets(Rule="none", Targets=targets)
    for arn in ("stream", "arn:aws:unknown"):
        with pytest.raises(ClientError, match=f"Parameter {arn} is not valid. Reason: Provided"):
            put_rule(local_aws, {"source": ["x"]}, arn)


@pytest.mark.parametrize("path", ["detail", "$.steps[*]", "$.detail['a']", "$..name", "$.a."])
def test_path_that_is_not_followed_is_refused(local_aws: LocalAws, path: str) -> None:
    _, queue = create_queue(local_aws)
    transformer = {"InputPathsMap": {"name": path}, "InputTemplate": "<name>"}
    for given in ({"InputPath": path}, {"InputTransformer": transformer}):
        with pytest.raises(ClientError, match="is no JSON path of names and positions"):
            put_rule(local_aws, {"source": ["x"]}, queue, **given)


def test_constant_and_path_are_inputs_too() -> None:
    event = {"time": "now", "detail": {"a": [1, 2]}, "detail-type": "Kind"}
    assert target_input({"Input": '{"b": 1}'}, event, "arn") == '{"b": 1}'
    assert target_input({"InputPath": "$.detail.a"}, event, "arn") == "[1, 2]"
    assert target_input({"InputPath": "$.detail.a[1]"}, event, "arn") == "2"
    assert target_input({"InputPath": "$.detail.b[1]"}, event, "arn") == "null"
    assert target_input({"InputPath": "$.detail-type"}, event, "arn") == '"Kind"'


def test_template_leaves_out_what_the_event_lacks() -> None:
    assert fill('{"a": <missing>, "b": "x<missing>y"}', {}) == '{"a": null, "b": "xy"}'


def test_stopped_execution_is_told_too(local_aws: LocalAws) -> None:
    url, arn = create_queue(local_aws)
    put_rule(local_aws, {"source": ["aws.states"], "detail": {"status": ["ABORTED"]}}, arn)
    machine = create_machine(
        local_aws, jsonata({"Rest": {"Type": "Wait", "Seconds": 60, "End": True}})
    )
    client = local_aws.client("stepfunctions")
    started = client.start_execution(stateMachineArn=machine)["executionArn"]
    client.stop_execution(executionArn=started, cause="enough")
    events = received(local_aws, url)
    assert [event["detail"]["cause"] for event in events] == ["enough"]
