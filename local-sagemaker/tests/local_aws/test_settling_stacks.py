"""A look at a stack that is being worked on sees its end, if that is near.

Who polls comes back after 5 seconds (the CDK) or 30 (botocore's waiters).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.local_aws import stacks


@pytest.fixture
def slow_work(local_aws: LocalAws) -> Iterator[None]:
    """A stack's parameter is made half a second late."""
    late = {"service": "ssm", "operation": "PutParameter", "caller": "cloudformation"}
    rule = local_aws.add_fault("timeout", seconds=0.5, **late)
    yield
    local_aws.remove_fault(rule["id"])


TEMPLATE = {
    "Resources": {
        "P": {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": "a"}}
    }
}


@pytest.mark.usefixtures("slow_work")
def test_the_first_look_at_a_new_stack_sees_it_complete(local_aws: LocalAws) -> None:
    formation, name = local_aws.client("cloudformation"), stacks.new_name()
    formation.create_stack(StackName=name, TemplateBody=stacks.body(TEMPLATE))
    (stack,) = formation.describe_stacks(StackName=name)["Stacks"]
    assert stack["StackStatus"] == "CREATE_COMPLETE"


@pytest.mark.usefixtures("slow_work")
def test_a_look_at_all_stacks_and_at_events_waits_for_none(local_aws: LocalAws) -> None:
    formation, name = local_aws.client("cloudformation"), stacks.new_name()
    formation.create_stack(StackName=name, TemplateBody=stacks.body(TEMPLATE))
    events = formation.describe_stack_events(StackName=name)["StackEvents"]
    pages = formation.get_paginator("describe_stacks").paginate()
    (mine,) = [s for page in pages for s in page["Stacks"] if s["StackName"] == name]
    assert events[0]["ResourceStatus"] == "CREATE_IN_PROGRESS"
    assert mine["StackStatus"] == "CREATE_IN_PROGRESS"
