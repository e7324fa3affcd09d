"""Custom resources: functions that make, change and remove what CloudFormation has no type for."""

from __future__ import annotations

import io
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.local_aws import stacks
from tests.local_aws.function_zip import ROLE, create_role

# As people write it, with the module that CloudFormation adds to inline code.
HANDLER = """
import boto3, cfnresponse

def handler(event, context):
    given = event["ResourceProperties"]
    key = f"{given['Name']}/{event['RequestType']}"
    boto3.client("s3").put_object(Bucket=given["Bucket"], Key=key, Body=repr(given["Count"]))
    if given["Name"] == "bad" and event["RequestType"] == "Create":
        cfnresponse.send(event, context, cfnresponse.FAILED, {}, reason="it is bad")
        return
    data = {"Doubled": int(given["Count"]) * 2}
    cfnresponse.send(event, context, cfnresponse.SUCCESS, data, f"made-{given['Name']}")
"""


@pytest.fixture(autouse=True)
def role(local_aws: LocalAws) -> None:
    create_role(local_aws)


def template(bucket: str, name: str, count: int) -> dict[str, Any]:
    properties = {
        "ServiceToken": {"Fn::GetAtt": ["Function", "Arn"]},
        "Bucket": bucket, "Name": name, "Count": count,
    }  # fmt: skip
    function = {
        "Runtime": "python3.13",
        "Handler": "index.handler",
        "Role": ROLE,
        "Timeout": 30,
        "Code": {"ZipFile": HANDLER},
    }
    return {
        "Resources": {
            "Function": {"Type": "AWS::Lambda::Function", "Properties": function},
            "Thing": {"Type": "Custom::Thing", "Properties": properties},
        },
        "Outputs": {
            "Id": {"Value": {"Ref": "Thing"}},
            "Doubled": {"Value": {"Fn::GetAtt": ["Thing", "Doubled"]}},
        },
    }


def asked(local_aws: LocalAws, bucket: str) -> list[str]:
    """What the function was asked, in the order of the alphabet."""
    listed = local_aws.client("s3").list_objects_v2(Bucket=bucket)
    return [each["Key"] for each in listed.get("Contents", [])]


def test_function_makes_changes_and_removes_it(local_aws: LocalAws) -> None:
    name, s3 = stacks.new_name(), local_aws.client("s3")
    s3.create_bucket(Bucket=name)
    made = stacks.create(local_aws, name, template(name, "a", 2))
    assert stacks.outputs(made) == {"Id": "made-a", "Doubled": "4"}
    content = io.BytesIO(s3.get_object(Bucket=name, Key="a/Create")["Body"].read())
    assert content.read() == b"'2'"  # numbers come as text
    changed = stacks.update(local_aws, name, template(name, "a", 3))
    assert stacks.outputs(changed) == {"Id": "made-a", "Doubled": "6"}
    assert asked(local_aws, name) == ["a/Create", "a/Update"]
    replaced = stacks.update(local_aws, name, template(name, "b", 3))
    assert stacks.outputs(replaced)["Id"] == "made-b"
    assert asked(local_aws, name) == ["a/Create", "a/Delete", "a/Update", "b/Update"]
    stacks.delete(local_aws, name)
    assert "b/Delete" in asked(local_aws, name)
    assert [b["Name"] for b in s3.list_buckets()["Buckets"] if "response" in b["Name"]] == []


def test_failure_of_the_function_is_the_stacks(local_aws: LocalAws) -> None:
    name = stacks.new_name()
    local_aws.client("s3").create_bucket(Bucket=name)
    stack = stacks.create(local_aws, name, template(name, "bad", 1))
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE"
    assert "Message returned: it is bad" in stacks.reason(local_aws, name, "Thing")


def test_function_that_is_not_there_fails_the_stack(local_aws: LocalAws) -> None:
    name = stacks.new_name()
    nobody = "arn:aws:lambda:us-east-1:123456789012:function:nobody"
    thing = {"Type": "Custom::Thing", "Properties": {"ServiceToken": nobody}}
    stack = stacks.create(local_aws, name, {"Resources": {"Thing": thing}})
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE"
    assert "nobody" in stacks.reason(local_aws, name, "Thing")
