"""Properties that a resource type does not have, or must have, fail the resource as on AWS."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.local_aws import stacks

KEY = {"AttributeName": "id", "KeyType": "HASH"}


@pytest.mark.parametrize(
    ("kind", "properties", "faults"),
    [
        ("AWS::SQS::Queue", {"Name": "orders"}, "#: extraneous key [Name] is not permitted"),
        ("AWS::SNS::Topic", {"TopicName": "orders", "Tags": [{"Name": "team", "Value": "a"}]},
         "#/Tags/0: required key [Key] not found\n"
         "#/Tags/0: extraneous key [Name] is not permitted"),
        ("AWS::DynamoDB::Table", {"KeySchema": [KEY], "ReadCapacity": 1},
         "#: extraneous key [ReadCapacity] is not permitted"),
        ("AWS::StepFunctions::StateMachine", {"StateMachineName": "flow", "Definition": {}},
         "#: required key [RoleArn] not found"),
    ],
)  # fmt: skip
def test_resource_fails_and_says_which(
    local_aws: LocalAws, kind: str, properties: dict[str, Any], faults: str
) -> None:
    name, resource = stacks.new_name(), {"Type": kind, "Properties": properties}
    stack = stacks.create(local_aws, name, {"Resources": {"It": resource}})
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE"
    assert stacks.reason(local_aws, name, "It") == (
        f"Properties validation failed for resource It with message:\n{faults}"
    )


def test_update_fails_and_the_resource_stays_as_it_was(local_aws: LocalAws) -> None:
    name = stacks.new_name()
    queue = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": name}}
    stacks.create(local_aws, name, {"Resources": {"It": queue}})
    queue["Properties"] = {"QueueName": name, "Delay": 1}
    stack = stacks.update(local_aws, name, {"Resources": {"It": queue}})
    assert stack["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert "extraneous key [Delay]" in stacks.reason(local_aws, name, "It")
    assert local_aws.client("sqs").get_queue_url(QueueName=name)
