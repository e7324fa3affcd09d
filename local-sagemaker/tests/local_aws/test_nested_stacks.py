"""Stacks within stacks, from templates in S3."""

from __future__ import annotations

import json
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.local_aws import stacks


@pytest.fixture
def child(local_aws: LocalAws) -> str:
    """The URL of a template with a topic, whose display name is a parameter."""
    name, s3 = stacks.new_name("templates"), local_aws.client("s3")
    template = {
        "Parameters": {"Display": {"Type": "String", "MaxLength": 5}},
        "Resources": {
            "Topic": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": {"Ref": "Display"}}}
        },
        "Outputs": {"Arn": {"Value": {"Ref": "Topic"}}},
    }
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key="child.json", Body=json.dumps(template))
    return f"https://s3.us-east-1.amazonaws.com/{name}/child.json"


def parent(url: str, display: str) -> dict[str, Any]:
    given = {"TemplateURL": url, "Parameters": {"Display": display}}
    return {
        "Resources": {"Child": {"Type": "AWS::CloudFormation::Stack", "Properties": given}},
        "Outputs": {
            "Arn": {"Value": {"Fn::GetAtt": ["Child", "Outputs.Arn"]}},
            "Id": {"Value": {"Ref": "Child"}},
        },
    }


def test_stack_within_a_stack_is_made_changed_and_deleted(local_aws: LocalAws, child: str) -> None:
    name, formation = stacks.new_name(), local_aws.client("cloudformation")
    made = stacks.create(local_aws, name, parent(child, "one"))
    told = stacks.outputs(made)
    (nested,) = formation.describe_stacks(StackName=told["Id"])["Stacks"]
    assert (nested["ParentId"], nested["RootId"]) == (made["StackId"], made["StackId"])
    stacks.update(local_aws, name, parent(child, "two"))
    topic = local_aws.client("sns").get_topic_attributes(TopicArn=told["Arn"])
    assert topic["Attributes"]["DisplayName"] == "two"
    stacks.delete(local_aws, name)
    assert stacks.ended(local_aws, told["Id"])["StackStatus"] == "DELETE_COMPLETE"


def test_failure_within_is_the_failure_of_its_parent(local_aws: LocalAws, child: str) -> None:
    name = stacks.new_name()
    stack = stacks.create(local_aws, name, parent(child, "too long"))
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE"
    assert "must contain at most 5 characters" in stacks.reason(local_aws, name, "Child")
