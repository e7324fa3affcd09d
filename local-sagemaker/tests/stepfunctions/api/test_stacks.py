"""State machines, their versions and aliases, and activities, made by CloudFormation."""

from __future__ import annotations

import json
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.local_aws import stacks
from tests.stepfunctions.api.machines import ECHO, ROLE, finish, refusal, start, unique


def template(comment: str, **more: Any) -> str:
    """A state machine with a version of its present revision and an alias to that."""
    machine = {
        "StateMachineName": {"Ref": "AWS::StackName"},
        "Definition": ECHO | {"Comment": comment},
        "RoleArn": ROLE,
        "Tags": [{"Key": "stage", "Value": comment}],
    }
    version = {
        "StateMachineArn": {"Ref": "Machine"},
        "StateMachineRevisionId": {"Fn::GetAtt": ["Machine", "StateMachineRevisionId"]},
        "Description": comment,
    }
    route = {"StateMachineVersionArn": {"Ref": "Version"}, "Weight": 100}
    alias = {"Name": "live", "Description": comment, "RoutingConfiguration": [route]}
    resources = {
        "Machine": ("StateMachine", machine),
        "Version": ("StateMachineVersion", version),
        "Alias": ("StateMachineAlias", alias),
        "Desk": ("Activity", {"Name": {"Ref": "AWS::StackName"}}),
        **more,
    }
    return json.dumps(
        {
            "Resources": {
                name: {"Type": f"AWS::StepFunctions::{kind}", "Properties": properties}
                for name, (kind, properties) in resources.items()
            }
        }
    )


def created(local_aws: LocalAws, body: str) -> str:
    name = unique("stack")
    assert stacks.create(local_aws, name, body)["StackStatus"] == "CREATE_COMPLETE"
    return name


def physical(local_aws: LocalAws, stack: str) -> dict[str, str]:
    listed = local_aws.client("cloudformation").describe_stack_resources(StackName=stack)
    return {
        each["LogicalResourceId"]: each["PhysicalResourceId"] for each in listed["StackResources"]
    }


def test_resources_are_made_changed_and_deleted(local_aws: LocalAws, sfn: Any) -> None:
    stack = created(local_aws, template("one"))
    made = physical(local_aws, stack)
    machine = made["Machine"]
    assert made["Version"] == f"{machine}:1"
    assert made["Alias"] == f"{machine}:live"
    assert sfn.describe_activity(activityArn=made["Desk"])["name"] == stack
    assert sfn.describe_state_machine(stateMachineArn=made["Version"])["description"] == "one"
    assert finish(sfn, start(sfn, made["Alias"]))["status"] == "SUCCEEDED"

    assert stacks.update(local_aws, stack, template("two"))["StackStatus"] == "UPDATE_COMPLETE"
    alias = sfn.describe_state_machine_alias(stateMachineAliasArn=made["Alias"])
    assert alias["description"] == "two"
    assert alias["routingConfiguration"] == [
        {"stateMachineVersionArn": f"{machine}:2", "weight": 100}
    ]
    tags = sfn.list_tags_for_resource(resourceArn=machine)["tags"]
    assert tags == [{"key": "stage", "value": "two"}]

    assert stacks.delete(local_aws, stack)["StackStatus"] == "DELETE_COMPLETE"
    for call, member in (
        (sfn.describe_state_machine, "stateMachineArn"),
        (sfn.describe_activity, "activityArn"),
    ):
        arn = machine if member == "stateMachineArn" else made["Desk"]
        assert refusal(call, **{member: arn})[0].endswith("DoesNotExist")


def test_deployment_all_at_once_is_a_routing(local_aws: LocalAws, sfn: Any) -> None:
    preference = {"StateMachineVersionArn": {"Ref": "Version"}, "Type": "ALL_AT_ONCE"}
    alias = ("StateMachineAlias", {"Name": "next", "DeploymentPreference": preference})
    made = physical(local_aws, created(local_aws, template("one", Next=alias)))
    told = sfn.describe_state_machine_alias(stateMachineAliasArn=made["Next"])
    assert told["routingConfiguration"] == [
        {"stateMachineVersionArn": made["Version"], "weight": 100}
    ]


@pytest.mark.parametrize("kind", ["LINEAR", "CANARY"])
def test_deployment_that_takes_its_time_is_refused(local_aws: LocalAws, kind: str) -> None:
    preference = {"StateMachineVersionArn": {"Ref": "Version"}, "Type": kind, "Interval": 1}
    alias = ("StateMachineAlias", {"Name": "next", "DeploymentPreference": preference})
    name, formation = unique("stack"), local_aws.client("cloudformation")
    stacks.create(local_aws, name, template("one", Next=alias))
    events = formation.describe_stack_events(StackName=name)["StackEvents"]
    reasons = [each.get("ResourceStatusReason", "") for each in events]
    assert any(f"Local AWS lacks deployments of the type {kind}" in reason for reason in reasons)
