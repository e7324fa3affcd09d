"""What fails of a stack is rolled back, says why, and is no reason that the stack stays."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws import machine, stacks

NAME = "taken"
BAD = {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": {"no": "text"}}}


def new_name() -> str:
    return stacks.new_name("failed")


def queue(name: str) -> dict[str, Any]:
    return {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": name}}


def template(name: str, **more: Any) -> str:
    return json.dumps({"Resources": {"Queue": queue(name), **more}})


def status(local_aws: LocalAws, name: str) -> tuple[str, str]:
    stack = stacks.ended(local_aws, name)
    return stack["StackStatus"], stack.get("StackStatusReason", "")


def queues(local_aws: LocalAws, name: str) -> list[str]:
    listed = local_aws.client("sqs").list_queues(QueueNamePrefix=name)
    return [url.rpartition("/")[2] for url in listed.get("QueueUrls", [])]


def test_stack_that_cannot_be_made_leaves_nothing_and_says_why(local_aws: LocalAws) -> None:
    name = new_name()
    stack = stacks.create(local_aws, name, template(name, Topic=BAD))
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE"
    assert "The following resource(s) failed to create: [Topic]." in stack["StackStatusReason"]
    assert "Topic names must be made up of" in stacks.reason(local_aws, name, "Topic")
    assert queues(local_aws, name) == []
    stacks.delete(local_aws, name)
    with pytest.raises(ClientError, match="does not exist"):
        status(local_aws, name)


@pytest.mark.parametrize(
    "kind",
    ["AWS::SageMaker::NotebookInstance", "AWS::Batch::JobQueue", "AWS::ApiGateway::RestApi"],
)
def test_what_moto_makes_without_effect_is_refused_by_name(local_aws: LocalAws, kind: str) -> None:
    with pytest.raises(ClientError, match=rf"cannot make It \({kind}\)"):
        stacks.create(local_aws, new_name(), {"Resources": {"It": {"Type": kind}}})


def test_stack_that_cannot_be_updated_is_as_before(local_aws: LocalAws) -> None:
    name, formation = new_name(), local_aws.client("cloudformation")
    stacks.create(local_aws, name, template(name))
    for body in ("Resources: [1]", json.dumps({"Resources": {"A": {"Type": "AWS::None::None"}}})):
        with pytest.raises(ClientError, match="Template format error"):
            formation.update_stack(StackName=name, TemplateBody=body)
        assert status(local_aws, name) == ("CREATE_COMPLETE", "")
    other = queue(f"{name}-2")
    stacks.update(local_aws, name, template(name, Other=other, Topic=BAD))
    assert status(local_aws, name)[0] == "UPDATE_ROLLBACK_COMPLETE"
    assert queues(local_aws, name) == [name]
    stacks.update(local_aws, name, template(name, Other=other))
    assert status(local_aws, name)[0] == "UPDATE_COMPLETE"
    assert queues(local_aws, name) == [name, f"{name}-2"]


@pytest.mark.parametrize("arn", ["no ARN", "arn:aws:sqs:us-east-1:123456789012:queue"])
def test_what_is_no_topic_hears_of_no_stack(local_aws: LocalAws, arn: str) -> None:
    name, formation = new_name(), local_aws.client("cloudformation")
    asked = {"StackName": name, "TemplateBody": template(name), "NotificationARNs": [arn]}
    with pytest.raises(ClientError, match=f"NotificationARNs: '{arn}' is no ARN of a topic"):
        formation.create_stack(**asked)
    with pytest.raises(ClientError, match=f"NotificationARNs: '{arn}' is no ARN of a topic"):
        formation.create_change_set(**asked, ChangeSetName="c", ChangeSetType="CREATE")
    with pytest.raises(ClientError, match="does not exist"):
        status(local_aws, name)


def test_topic_that_is_gone_keeps_no_stack(local_aws: LocalAws) -> None:
    name, sns = new_name(), local_aws.client("sns")
    topic = sns.create_topic(Name=name)["TopicArn"]
    stacks.create(local_aws, name, template(name), NotificationARNs=[topic])
    sns.delete_topic(TopicArn=topic)
    stacks.delete(local_aws, name)
    with pytest.raises(ClientError, match="does not exist"):
        status(local_aws, name)


def test_resource_that_comes_back_is_made_again(local_aws: LocalAws) -> None:
    name = new_name()
    both, one = template(name, Other=queue(f"{name}-2")), template(name)
    stacks.create(local_aws, name, both)
    for body, left in ((one, [name]), (both, [name, f"{name}-2"])):
        stacks.update(local_aws, name, body)
        assert queues(local_aws, name) == left


NAMED: dict[str, dict[str, Any]] = {
    "AWS::CloudWatch::Alarm": {
        "AlarmName": NAME, "MetricName": "m", "Namespace": "n", "Statistic": "Sum", "Period": 60,
        "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanThreshold",
    },
    "AWS::Events::Rule": {"Name": NAME, "ScheduleExpression": "rate(9 days)"},
    "AWS::S3::Bucket": {"BucketName": NAME},
    "AWS::SNS::Topic": {"TopicName": NAME},
    "AWS::SQS::Queue": {"QueueName": NAME},
    "AWS::StepFunctions::Activity": {"Name": NAME},
    "AWS::StepFunctions::StateMachine": {
        "StateMachineName": NAME, "RoleArn": machine.ROLE,
        "Definition": {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}},
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", NAMED)
def test_name_of_another_stack_is_taken_and_stays_with_it(local_aws: LocalAws, kind: str) -> None:
    asked = {"Resources": {"Mine": {"Type": kind, "Properties": NAMED[kind]}}}
    owner = new_name()
    assert stacks.create(local_aws, owner, asked)["StackStatus"] == "CREATE_COMPLETE"
    for _ in range(2):
        name = new_name()
        assert stacks.create(local_aws, name, asked)["StackStatus"] == "ROLLBACK_COMPLETE"
        assert stacks.reason(local_aws, name, "Mine") == (
            f'Resource handler returned message: "{NAME} already exists" '
            "(HandlerErrorCode: AlreadyExists)"
        )
    assert stacks.delete(local_aws, owner)["StackStatus"] == "DELETE_COMPLETE"
