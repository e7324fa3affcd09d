"""What an update does to a resource: change it, replace it, remove it, and undo all that."""

from __future__ import annotations

import json
from typing import Any

from local_sagemaker.local_aws import LocalAws

from tests.local_aws import stacks

IAM = {"Capabilities": ["CAPABILITY_NAMED_IAM"]}
BAD = {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "no spaces allowed"}}


def parameter(name: str, value: str, **more: Any) -> dict[str, Any]:
    given = {"Name": f"/{name}", "Type": "String", "Value": value}
    return {"Type": "AWS::SSM::Parameter", "Properties": given, **more}


def values(local_aws: LocalAws, *names: str) -> list[str]:
    found = local_aws.client("ssm").get_parameters(Names=[f"/{name}" for name in names])
    return sorted(each["Value"] for each in found["Parameters"])


def statuses(local_aws: LocalAws, stack: str, logical_id: str) -> list[str]:
    """From the first to the last."""
    found = local_aws.client("cloudformation").describe_stack_events(StackName=stack)
    mine = [e for e in found["StackEvents"] if e["LogicalResourceId"] == logical_id]
    return [event["ResourceStatus"] for event in reversed(mine)]


def test_resources_tell_what_becomes_of_them_in_the_order_of_their_needs(
    local_aws: LocalAws,
) -> None:
    name = stacks.new_name()
    second = parameter(f"{name}-2", "b", DependsOn="First")
    stacks.create(local_aws, name, {"Resources": {"Second": second, "First": parameter(name, "a")}})
    formation = local_aws.client("cloudformation")
    events = formation.describe_stack_events(StackName=name)["StackEvents"]
    assert [(e["LogicalResourceId"], e["ResourceStatus"]) for e in reversed(events)] == [
        (name, "CREATE_IN_PROGRESS"),
        ("First", "CREATE_IN_PROGRESS"),
        ("First", "CREATE_COMPLETE"),
        ("Second", "CREATE_IN_PROGRESS"),
        ("Second", "CREATE_COMPLETE"),
        (name, "CREATE_COMPLETE"),
    ]
    resource = formation.describe_stack_resource(StackName=name, LogicalResourceId="First")
    assert resource["StackResourceDetail"]["PhysicalResourceId"] == f"/{name}"


def test_resource_of_another_name_is_made_before_the_old_one_goes(local_aws: LocalAws) -> None:
    name = stacks.new_name()
    stacks.create(local_aws, name, {"Resources": {"P": parameter(name, "a")}})
    stack = stacks.update(local_aws, name, {"Resources": {"P": parameter(f"{name}-2", "b")}})
    assert stack["StackStatus"] == "UPDATE_COMPLETE"
    assert values(local_aws, name, f"{name}-2") == ["b"]
    assert statuses(local_aws, name, "P")[2:] == [
        "UPDATE_IN_PROGRESS", "UPDATE_COMPLETE", "DELETE_IN_PROGRESS", "DELETE_COMPLETE",
    ]  # fmt: skip


def test_subscription_that_leaves_its_topic_ends(local_aws: LocalAws) -> None:
    name = stacks.new_name()

    def topic(*addresses: str) -> dict[str, Any]:
        given = [{"Protocol": "email", "Endpoint": address} for address in addresses]
        return {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"Subscription": given}}}

    stacks.create(local_aws, name, {"Resources": topic("a@example.com", "b@example.com")})
    stacks.update(local_aws, name, {"Resources": topic("b@example.com", "c@example.com")})
    formation = local_aws.client("cloudformation")
    made = formation.describe_stack_resource(StackName=name, LogicalResourceId="Topic")
    arn = made["StackResourceDetail"]["PhysicalResourceId"]
    found = local_aws.client("sns").list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"]
    assert sorted(each["Endpoint"] for each in found) == ["b@example.com", "c@example.com"]


def test_update_that_fails_leaves_everything_as_it_was(local_aws: LocalAws) -> None:
    name = stacks.new_name()
    before = {"Changed": parameter(name, "a"), "Replaced": parameter(f"{name}-r", "b"),
              "Removed": parameter(f"{name}-d", "c")}  # fmt: skip
    stacks.create(local_aws, name, {"Resources": before})
    after = {"Changed": parameter(name, "A"), "Replaced": parameter(f"{name}-new", "B"),
             "Added": parameter(f"{name}-added", "D"), "Topic": BAD}  # fmt: skip
    stack = stacks.update(local_aws, name, {"Resources": after})
    assert stack["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    every = [name, *(f"{name}-{end}" for end in ("r", "d", "new", "added"))]
    assert values(local_aws, *every) == ["a", "b", "c"]
    assert stacks.update(local_aws, name, {"Resources": before | {"Changed": parameter(name, "z")}})
    assert values(local_aws, *every) == ["b", "c", "z"]


def test_failed_stack_stays_where_it_is_not_to_be_rolled_back(local_aws: LocalAws) -> None:
    name = stacks.new_name()
    bad = BAD | {"DependsOn": "P"}
    template = {"Resources": {"P": parameter(name, "a"), "Topic": bad}}
    stack = stacks.create(local_aws, name, template, OnFailure="DO_NOTHING")
    assert (stack["StackStatus"], values(local_aws, name)) == ("CREATE_FAILED", ["a"])


def test_retained_resource_stays_in_the_account(local_aws: LocalAws) -> None:
    name = stacks.new_name()
    kept = parameter(name, "a", DeletionPolicy="Retain")
    other = parameter(f"{name}-2", "b")
    stacks.create(local_aws, name, {"Resources": {"Kept": kept, "Other": other}})
    stacks.update(local_aws, name, {"Resources": {"Other": other}})
    assert values(local_aws, name) == ["a"]


def test_resource_of_a_condition_comes_and_goes_with_it(local_aws: LocalAws) -> None:
    name = stacks.new_name()
    template = {
        "Parameters": {"Stage": {"Type": "String"}},
        "Conditions": {"IsLive": {"Fn::Equals": [{"Ref": "Stage"}, "live"]}},
        "Resources": {"P": parameter(name, "a"),
                      "Live": parameter(f"{name}-live", "b", Condition="IsLive")},
    }  # fmt: skip

    def asked(stage: str) -> dict[str, Any]:
        return {"Parameters": [{"ParameterKey": "Stage", "ParameterValue": stage}]}

    stacks.create(local_aws, name, template, **asked("test"))
    assert values(local_aws, f"{name}-live") == []
    stacks.update(local_aws, name, template, **asked("live"))
    assert values(local_aws, f"{name}-live") == ["b"]
    stacks.update(local_aws, name, template, **asked("test"))
    assert values(local_aws, f"{name}-live") == []


def test_export_that_is_used_keeps_its_stack(local_aws: LocalAws) -> None:
    exporter, importer = stacks.new_name(), stacks.new_name()
    exported = {"Value": "shared", "Export": {"Name": {"Fn::Sub": "${AWS::StackName}-value"}}}
    template = {"Resources": {"P": parameter(exporter, "a")}, "Outputs": {"Out": exported}}
    stacks.create(local_aws, exporter, template)
    imported = parameter(importer, "")
    imported["Properties"]["Value"] = {"Fn::ImportValue": f"{exporter}-value"}
    stacks.create(local_aws, importer, {"Resources": {"P": imported}})
    assert values(local_aws, importer) == ["shared"]
    stack = stacks.delete(local_aws, exporter)
    assert stack["StackStatus"] == "DELETE_FAILED"
    assert f"in use by {importer}" in stack["StackStatusReason"]
    stacks.delete(local_aws, importer)
    assert stacks.delete(local_aws, exporter)["StackStatus"] == "DELETE_COMPLETE"


def role(name: str, *inline: str) -> dict[str, Any]:
    allow = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
    document = {"Version": "2012-10-17", "Statement": [allow]}
    policies = [{"PolicyName": each, "PolicyDocument": document} for each in inline]
    assume = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}
    trust = {"Version": "2012-10-17", "Statement": [assume]}
    given = {"RoleName": name, "AssumeRolePolicyDocument": trust, "Policies": policies}
    return {"Type": "AWS::IAM::Role", "Properties": given}


def managed(action: str) -> dict[str, Any]:
    allow = {"Effect": "Allow", "Action": action, "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
    given = {"PolicyDocument": document, "Roles": [{"Ref": "Role"}]}
    return {"Type": "AWS::IAM::ManagedPolicy", "Properties": given}


def test_role_and_policies_change_in_place(local_aws: LocalAws) -> None:
    name, iam = stacks.new_name(), local_aws.client("iam")
    first = {"Resources": {"Role": role(name, "a", "b"), "Policy": managed("s3:GetObject")}}
    stacks.create(local_aws, name, first, **IAM)
    second = {"Resources": {"Role": role(name, "b", "c"), "Policy": managed("s3:PutObject")}}
    assert stacks.update(local_aws, name, second, **IAM)["StackStatus"] == "UPDATE_COMPLETE"
    assert sorted(iam.list_role_policies(RoleName=name)["PolicyNames"]) == ["b", "c"]
    (attached,) = iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]
    policy = iam.get_policy(PolicyArn=attached["PolicyArn"])["Policy"]
    version = iam.get_policy_version(PolicyArn=policy["Arn"], VersionId=policy["DefaultVersionId"])
    document = version["PolicyVersion"]["Document"]
    assert document["Statement"][0]["Action"] == "s3:PutObject"
    assert stacks.delete(local_aws, name)["StackStatus"] == "DELETE_COMPLETE"
