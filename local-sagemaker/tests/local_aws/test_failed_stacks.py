"""What fails of a stack is rolled back, says why, and is no reason that the stack stays."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

BAD = {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": {"no": "text"}}}


def new_name() -> str:
    return f"failed-{uuid.uuid4().hex[:8]}"


def queue(name: str) -> dict[str, Any]:
    return {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": name}}


def template(name: str, **more: Any) -> str:
    return json.dumps({"Resources": {"Queue": queue(name), **more}})


def status(local_aws: LocalAws, name: str) -> tuple[str, str]:
    (stack,) = local_aws.client("cloudformation").describe_stacks(StackName=name)["Stacks"]
    return stack["StackStatus"], stack.get("StackStatusReason", "")


def queues(local_aws: LocalAws, name: str) -> list[str]:
    listed = local_aws.client("sqs").list_queues(QueueNamePrefix=name)
    return [url.rpartition("/")[2] for url in listed.get("QueueUrls", [])]


def test_stack_that_cannot_be_made_leaves_nothing_and_says_why(local_aws: LocalAws) -> None:
    name, formation = new_name(), local_aws.client("cloudformation")
    formation.create_stack(StackName=name, TemplateBody=template(name, Topic=BAD))
    ended, reason = status(local_aws, name)
    assert ended == "ROLLBACK_COMPLETE"
    assert "Invalid type for parameter Name" in reason
    assert queues(local_aws, name) == []
    formation.delete_stack(StackName=name)
    with pytest.raises(ClientError, match="does not exist"):
        status(local_aws, name)


def test_resources_of_sagemaker_are_refused_by_name(local_aws: LocalAws) -> None:
    """moto would keep them in a SageMaker that no client of local AWS asks."""
    model = {"Type": "AWS::SageMaker::Model", "Properties": {"ExecutionRoleArn": "role"}}
    with pytest.raises(ClientError, match=r"cannot make Model \(AWS::SageMaker::Model\)"):
        local_aws.client("cloudformation").create_stack(
            StackName=new_name(), TemplateBody=json.dumps({"Resources": {"Model": model}})
        )


def test_stack_that_cannot_be_updated_is_as_before(local_aws: LocalAws) -> None:
    name, formation = new_name(), local_aws.client("cloudformation")
    formation.create_stack(StackName=name, TemplateBody=template(name))
    for body in ("Resources: [1]", json.dumps({"Resources": {"A": {"Type": "AWS::None::None"}}})):
        with pytest.raises(ClientError, match="Template format error"):
            formation.update_stack(StackName=name, TemplateBody=body)
        assert status(local_aws, name) == ("CREATE_COMPLETE", "")
    other = queue(f"{name}-2")
    formation.update_stack(StackName=name, TemplateBody=template(name, Other=other, Topic=BAD))
    assert status(local_aws, name)[0] == "UPDATE_ROLLBACK_COMPLETE"
    assert queues(local_aws, name) == [name]
    formation.update_stack(StackName=name, TemplateBody=template(name, Other=other))
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
    name, formation, sns = new_name(), local_aws.client("cloudformation"), local_aws.client("sns")
    topic = sns.create_topic(Name=name)["TopicArn"]
    formation.create_stack(StackName=name, TemplateBody=template(name), NotificationARNs=[topic])
    sns.delete_topic(TopicArn=topic)
    formation.delete_stack(StackName=name)
    with pytest.raises(ClientError, match="does not exist"):
        status(local_aws, name)


def test_resource_that_comes_back_is_made_again(local_aws: LocalAws) -> None:
    name, formation = new_name(), local_aws.client("cloudformation")
    both, one = template(name, Other=queue(f"{name}-2")), template(name)
    formation.create_stack(StackName=name, TemplateBody=both)
    for body, left in ((one, [name]), (both, [name, f"{name}-2"])):
        formation.update_stack(StackName=name, TemplateBody=body)
        assert queues(local_aws, name) == left
