from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.moto_faults.clients import client


def template(**resources: Any) -> str:
    return json.dumps({"Resources": resources})


def test_a_stack_that_cannot_be_made_is_being_created_for_ever() -> None:
    bad = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "no spaces allowed"}}
    with pytest.raises(ClientError):
        client("cloudformation").create_stack(StackName="stack", TemplateBody=template(Queue=bad))
    stack = client("cloudformation").describe_stacks(StackName="stack")["Stacks"][0]
    assert stack["StackStatus"] == "CREATE_IN_PROGRESS"


def test_stacks_of_a_stack_set_stay_as_they_were() -> None:
    formation, where = client("cloudformation"), {"Accounts": ["123456789012"]}
    one = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "one"}}
    other = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "other"}}
    formation.create_stack_set(StackSetName="set", TemplateBody=template(Queue=one))
    formation.create_stack_instances(StackSetName="set", Regions=["us-east-1"], **where)
    formation.update_stack_set(
        StackSetName="set", TemplateBody=template(Queue=other), Regions=["us-east-1"], **where
    )
    (queue,) = client("sqs").list_queues()["QueueUrls"]
    assert queue.endswith("/one")
