from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto.cloudformation import parsing

from tests.moto_faults.clients import client, create_queue

QUEUE: dict[str, Any] = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "of-the-stack"}}

BUCKET: dict[str, Any] = {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "of-the-stack"}}


def template(**resources: Any) -> str:
    return json.dumps({"Resources": resources})


def create_stack(body: str, name: str = "stack", **more: Any) -> None:
    client("cloudformation").create_stack(StackName=name, TemplateBody=body, **more)


def create_change_set(stack: str, body: str, **more: Any) -> str:
    created = client("cloudformation").create_change_set(
        StackName=stack, ChangeSetName="changes", TemplateBody=body, **more
    )
    return str(created["Id"])


def test_a_tag_in_a_template_is_a_call(tmp_path: Path) -> None:
    made = tmp_path / "made"
    with suppress(Exception):  # moto stumbles over what the call returns
        create_stack(f"Description: !!python/object/apply:os.mkdir ['{made}']\nResources: {{}}")
    assert made.exists()


@pytest.mark.parametrize(
    "lacking",
    [
        "AWS::S3::BucketPolicy",
        "AWS::SNS::Subscription",
        "AWS::SNS::TopicPolicy",
        "AWS::SQS::QueuePolicy",
        "AWS::Scheduler::Schedule",
        "AWS::Scheduler::ScheduleGroup",
    ],
)
def test_resource_types_are_missing(lacking: str) -> None:
    assert parsing.resource_class_from_type(lacking) is None
    assert parsing.resource_name_property_from_type(lacking) is None


def test_a_bucket_of_a_stack_tells_eventbridge_nothing() -> None:
    told = {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}
    properties = {"BucketName": "of-the-stack", "NotificationConfiguration": told}
    create_stack(template(Bucket={"Type": "AWS::S3::Bucket", "Properties": properties}))
    found = client("s3").get_bucket_notification_configuration(Bucket="of-the-stack")
    assert "EventBridgeConfiguration" not in found


def test_a_bucket_that_is_not_empty_is_no_hindrance() -> None:
    create_stack(template(Bucket=BUCKET))
    client("s3").put_object(Bucket="of-the-stack", Key="key", Body=b"")
    client("cloudformation").delete_stack(StackName="stack")
    (stack,) = client("cloudformation").list_stacks()["StackSummaries"]
    assert stack["StackStatus"] == "DELETE_COMPLETE"
    assert client("s3").list_buckets()["Buckets"][0]["Name"] == "of-the-stack"


def test_a_stack_that_cannot_be_deleted_is_forgotten() -> None:
    create_stack(template(Bucket=BUCKET))
    client("s3").delete_bucket(Bucket="of-the-stack")
    with pytest.raises(ClientError, match="NoSuchBucket"):
        client("cloudformation").delete_stack(StackName="stack")
    assert client("cloudformation").list_stacks()["StackSummaries"] == []


def test_a_resource_type_that_nobody_knows_is_skipped() -> None:
    with pytest.warns(UserWarning, match="Not::A::Type"):
        create_stack(template(Unknown={"Type": "Not::A::Type"}))
    stack = client("cloudformation").describe_stacks(StackName="stack")["Stacks"][0]
    assert stack["StackStatus"] == "CREATE_COMPLETE"


def test_a_change_set_is_looked_up_without_its_stack() -> None:
    create_change_set("first", template(Queue=QUEUE))
    create_change_set("second", template(Queue=QUEUE))
    described = client("cloudformation").describe_change_set(
        StackName="first", ChangeSetName="changes"
    )
    assert described["StackName"] == "second"


def test_a_retained_resource_is_deleted_when_it_leaves_the_template() -> None:
    other = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "other"}}
    create_stack(template(Queue=QUEUE | {"DeletionPolicy": "Retain"}, Other=other))
    client("cloudformation").update_stack(StackName="stack", TemplateBody=template(Other=other))
    left = client("sqs").list_queues()["QueueUrls"]
    assert [url.rpartition("/")[2] for url in left] == ["other"]


def test_a_resource_that_comes_back_is_not_made_again() -> None:
    other = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "other"}}
    both, one = template(Queue=QUEUE, Other=other), template(Queue=QUEUE)
    create_stack(both)
    for body in (one, both):
        client("cloudformation").update_stack(StackName="stack", TemplateBody=body)
    left = client("sqs").list_queues()["QueueUrls"]
    assert [url.rpartition("/")[2] for url in left] == ["of-the-stack"]


def test_what_cannot_be_updated_is_left_as_it_was() -> None:
    def policy(name: str) -> str:
        allow = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
        document = {"Version": "2012-10-17", "Statement": [allow]}
        properties = {"ManagedPolicyName": name, "PolicyDocument": document}
        return template(Policy={"Type": "AWS::IAM::ManagedPolicy", "Properties": properties})

    create_stack(policy("first"))
    client("cloudformation").update_stack(StackName="stack", TemplateBody=policy("second"))
    left = client("iam").list_policies(Scope="Local")["Policies"]
    assert [each["PolicyName"] for each in left] == ["first"]


def test_a_failed_change_set_leaves_the_stack_as_if_it_had_not_begun() -> None:
    create_queue("of-the-stack")
    bad = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "no spaces allowed"}}
    change_set = create_change_set("stack", template(Queue=bad))
    with pytest.raises(ClientError):
        client("cloudformation").execute_change_set(ChangeSetName=change_set)
    stack = client("cloudformation").describe_stacks(StackName="stack")["Stacks"][0]
    assert stack["StackStatus"] == "REVIEW_IN_PROGRESS"


def test_a_stack_that_cannot_be_made_is_being_created_for_ever() -> None:
    bad = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "no spaces allowed"}}
    with pytest.raises(ClientError):
        create_stack(template(Queue=bad))
    stack = client("cloudformation").describe_stacks(StackName="stack")["Stacks"][0]
    assert stack["StackStatus"] == "CREATE_IN_PROGRESS"


def test_a_stack_without_its_topic_cannot_be_deleted() -> None:
    sns = client("sns")
    topic = sns.create_topic(Name="heard")["TopicArn"]
    create_stack(template(Queue=QUEUE), NotificationARNs=[topic])
    sns.delete_topic(TopicArn=topic)
    with pytest.raises(ClientError, match="NotFound"):
        client("cloudformation").delete_stack(StackName="stack")
    with pytest.raises(ValueError, match="not enough values to unpack"):
        create_stack(template(Queue=QUEUE), name="other", NotificationARNs=["no ARN"])


def test_the_previous_value_of_an_ssm_parameter_is_looked_up_as_a_name() -> None:
    client("ssm").put_parameter(Name="/name", Value="of-the-stack", Type="String")
    body: dict[str, Any] = {
        "Parameters": {"Name": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/name"}},
        "Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {}}},
    }
    create_stack(json.dumps(body))
    body["Resources"]["Queue"]["Properties"] = {"QueueName": {"Ref": "Name"}}
    previous = [{"ParameterKey": "Name", "UsePreviousValue": True}]
    change_set = create_change_set(
        "stack", json.dumps(body), ChangeSetType="UPDATE", Parameters=previous
    )
    with pytest.raises(AttributeError, match="NoneType"):
        client("cloudformation").execute_change_set(ChangeSetName=change_set)


def test_a_stack_set_has_no_summary() -> None:
    cloudformation: Any = client("cloudformation")
    template = '{"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}'
    cloudformation.create_stack_set(StackSetName="set", TemplateBody=template)
    with pytest.raises(AttributeError):
        cloudformation.get_template_summary(StackSetName="set")
