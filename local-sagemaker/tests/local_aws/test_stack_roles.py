"""CloudFormation works on a stack in its role, or with the rights of whoever asks."""

from __future__ import annotations

import re
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws import stacks
from tests.local_aws.test_permissions import ACCOUNT, allow, client, client_of_user, policy

STACKS = allow("cloudformation:*")


def template(topic: str, **more: Any) -> dict[str, Any]:
    return {
        "Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": topic}}},
        **more,
    }


def service_role(local_aws: LocalAws, *statements: dict[str, Any]) -> str:
    """The ARN of a role that CloudFormation may take on."""
    iam, name = local_aws.client("iam"), stacks.new_name("service")
    trust = {
        "Effect": "Allow",
        "Principal": {"Service": "cloudformation.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=policy(trust))
    if statements:
        iam.put_role_policy(RoleName=name, PolicyName="inline", PolicyDocument=policy(*statements))
    return str(made["Role"]["Arn"])


def topics(local_aws: LocalAws) -> list[str]:
    pages = local_aws.client("sns").get_paginator("list_topics").paginate()
    return [each["TopicArn"].rpartition(":")[2] for page in pages for each in page["Topics"]]


def test_what_its_role_may_not_do_a_stack_does_not_get(local_aws: LocalAws) -> None:
    """The session is AWSCloudFormation: aws-solutions/aws-waf-security-automations#33."""
    name, topic = stacks.new_name(), stacks.new_name("topic")
    arn = service_role(local_aws, allow("sqs:*"))

    made = stacks.create(local_aws, name, template(topic), RoleARN=arn)

    assert (made["StackStatus"], made["RoleARN"]) == ("ROLLBACK_COMPLETE", arn)
    session = f"arn:aws:sts::{ACCOUNT}:assumed-role/{arn.rpartition('/')[2]}/AWSCloudFormation"
    assert (
        f"User: {session} is not authorized to perform: SNS:CreateTopic on resource: "
        f"arn:aws:sns:us-east-1:{ACCOUNT}:{topic} because no identity-based policy allows the "
        "SNS:CreateTopic action"
    ) in stacks.reason(local_aws, name, "Topic")
    assert topic not in topics(local_aws)


def test_a_stack_keeps_its_role_and_whoever_asks_needs_no_rights_of_its_own(
    local_aws: LocalAws,
) -> None:
    name, topic = stacks.new_name(), stacks.new_name("topic")
    arn = service_role(local_aws, allow("sns:*"))
    passing, _ = client(local_aws, "cloudformation", STACKS, allow("iam:PassRole", arn))
    other, _ = client_of_user(local_aws, "cloudformation", STACKS)

    passing.create_stack(
        StackName=name, TemplateBody=stacks.body(template(topic)), RoleARN=arn
    )  # fmt: skip
    assert stacks.ended(local_aws, name)["StackStatus"] == "CREATE_COMPLETE"
    assert topic in topics(local_aws)
    other.update_stack(StackName=name, TemplateBody=stacks.body(template(f"{topic}-2")))
    assert stacks.ended(local_aws, name)["StackStatus"] == "UPDATE_COMPLETE"
    other.delete_stack(StackName=name)
    other.get_waiter("stack_delete_complete").wait(StackName=name, WaiterConfig={"Delay": 1})
    assert f"{topic}-2" not in topics(local_aws)


@pytest.mark.parametrize("operation", ["create_stack", "create_change_set"])
def test_a_role_is_given_by_whoever_may_pass_it(local_aws: LocalAws, operation: str) -> None:
    arn = service_role(local_aws, allow("sns:*"))
    asking, who = client(local_aws, "cloudformation", STACKS)
    more = {"ChangeSetName": "c", "ChangeSetType": "CREATE"} if "change" in operation else {}

    denied = f"User: {who} is not authorized to perform: iam:PassRole on resource: {arn} "
    with pytest.raises(ClientError, match=rf"\(AccessDenied\).*{re.escape(denied)}"):
        getattr(asking, operation)(
            StackName=stacks.new_name(), TemplateBody=stacks.body(template("t")), RoleARN=arn,
            **more,
        )  # fmt: skip


def test_without_a_role_a_stack_gets_what_whoever_asks_may_make(local_aws: LocalAws) -> None:
    name, topic = stacks.new_name(), stacks.new_name("topic")
    asking, who = client_of_user(local_aws, "cloudformation", STACKS)
    may, _ = client_of_user(local_aws, "cloudformation", STACKS, allow("sns:*"))

    asking.create_stack(StackName=name, TemplateBody=stacks.body(template(topic)))

    assert stacks.ended(local_aws, name)["StackStatus"] == "ROLLBACK_COMPLETE"
    denied = f"User: {who} is not authorized to perform: SNS:CreateTopic"
    assert denied in stacks.reason(local_aws, name, "Topic")
    other = stacks.new_name()
    may.create_stack(StackName=other, TemplateBody=stacks.body(template(topic)))
    assert stacks.ended(local_aws, other)["StackStatus"] == "CREATE_COMPLETE"


def test_a_nested_stack_is_made_in_the_role_of_its_parent(local_aws: LocalAws) -> None:
    bucket, topic = stacks.new_name("templates"), stacks.new_name("topic")
    s3: Any = local_aws.client("s3")
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="child", Body=stacks.body(template(topic)).encode())
    url = f"{local_aws.endpoint_url}/{bucket}/child"
    child = {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": url}}
    parent = {"Resources": {"Child": child}}
    nesting = [allow(["cloudformation:*", "s3:GetObject"])]

    def status(*statements: dict[str, Any]) -> str:
        arn = service_role(local_aws, *statements)
        made = stacks.create(local_aws, stacks.new_name(), parent, RoleARN=arn)
        return str(made["StackStatus"])

    assert status(*nesting) == "ROLLBACK_COMPLETE"
    assert topic not in topics(local_aws)
    assert status(*nesting, allow("sns:*")) == "CREATE_COMPLETE"
    assert topic in topics(local_aws)


def test_a_template_in_s3_is_read_by_whoever_asks(local_aws: LocalAws) -> None:
    bucket = stacks.new_name("templates")
    s3: Any = local_aws.client("s3")
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="t", Body=stacks.body(template("t")).encode())
    asking, _ = client(local_aws, "cloudformation", STACKS)

    with pytest.raises(ClientError, match=r"S3 error: .* is not authorized to perform: s3:Get"):
        asking.create_stack(
            StackName=stacks.new_name(), TemplateURL=f"{local_aws.endpoint_url}/{bucket}/t"
        )
