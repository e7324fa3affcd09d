"""Change sets, what stands in the way of a stack, and stacks that do not change."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws import stacks

TOPIC = {"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}
NO_CHANGES = "The submitted information didn't contain changes."


def change_set(local_aws: LocalAws, stack: str, template: Any, **more: Any) -> dict[str, Any]:
    formation = local_aws.client("cloudformation")
    asked = {"StackName": stack, "ChangeSetName": "changes"}
    formation.create_change_set(**asked, TemplateBody=stacks.body(template), **more)
    return dict(formation.describe_change_set(**asked))


def status(local_aws: LocalAws, stack: str) -> str:
    described = local_aws.client("cloudformation").describe_stacks(StackName=stack)
    return str(described["Stacks"][0]["StackStatus"])


def test_refused_change_set_leaves_no_stack(local_aws: LocalAws) -> None:
    name, bad = stacks.new_name(), {"Resources": {"A": {"Type": "AWS::None::None"}}}
    with pytest.raises(ClientError, match="Unrecognized resource types"):
        change_set(local_aws, name, bad, ChangeSetType="CREATE")
    with pytest.raises(ClientError, match="does not exist"):
        status(local_aws, name)


def test_stack_in_review_is_used_again(local_aws: LocalAws) -> None:
    name, formation = stacks.new_name(), local_aws.client("cloudformation")
    first = change_set(local_aws, name, TOPIC, ChangeSetType="CREATE")
    formation.delete_change_set(StackName=name, ChangeSetName="changes")
    second = change_set(local_aws, name, TOPIC, ChangeSetType="CREATE")
    assert first["StackId"] == second["StackId"]
    assert status(local_aws, name) == "REVIEW_IN_PROGRESS"
    formation.execute_change_set(StackName=name, ChangeSetName="changes")
    assert stacks.ended(local_aws, name)["StackStatus"] == "CREATE_COMPLETE"


def test_change_set_tells_what_it_would_do(local_aws: LocalAws) -> None:
    name = stacks.new_name()
    queue = {"Type": "AWS::SQS::Queue"}
    stacks.create(local_aws, name, {"Resources": {**TOPIC["Resources"], "Queue": queue}})
    named = {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": name}}
    group = {"Type": "AWS::Logs::LogGroup"}
    changes = change_set(local_aws, name, {"Resources": {"Topic": named, "Group": group}})
    told = [change["ResourceChange"] for change in changes["Changes"]]
    assert [(one["Action"], one["LogicalResourceId"]) for one in told] == [
        ("Add", "Group"),
        ("Modify", "Topic"),
        ("Remove", "Queue"),
    ]
    assert told[1]["Replacement"] == "True"
    assert (changes["Status"], changes["ExecutionStatus"]) == ("CREATE_COMPLETE", "AVAILABLE")


def test_change_set_without_changes_has_failed(local_aws: LocalAws) -> None:
    name, formation = stacks.new_name(), local_aws.client("cloudformation")
    stacks.create(local_aws, name, TOPIC)
    changes = change_set(local_aws, name, TOPIC | {"Description": "another"})
    assert (changes["Status"], changes["ExecutionStatus"]) == ("FAILED", "UNAVAILABLE")
    assert changes["StatusReason"].startswith(NO_CHANGES)
    with pytest.raises(
        ClientError, match=r"cannot be executed in its current status of \[FAILED\]"
    ):
        formation.execute_change_set(StackName=name, ChangeSetName="changes")


def test_update_without_changes_is_refused(local_aws: LocalAws) -> None:
    name = stacks.new_name()
    stacks.create(local_aws, name, TOPIC)
    with pytest.raises(ClientError, match="No updates are to be performed"):
        stacks.update(local_aws, name, TOPIC)
    with_tags = stacks.update(local_aws, name, TOPIC, Tags=[{"Key": "by", "Value": "hand"}])
    assert with_tags["StackStatus"] == "UPDATE_COMPLETE"


@pytest.mark.parametrize(
    ("kind", "is_there", "words"),
    [
        (
            "CREATE",
            True,
            r"already exists and cannot be created again with the changeSet \[changes",
        ),
        ("UPDATE", False, r"Stack \[.*\] does not exist"),
        ("IMPORT", False, "no change sets of the type IMPORT"),
    ],
)
def test_type_of_a_change_set_must_fit_its_stack(
    local_aws: LocalAws, kind: str, is_there: bool, words: str
) -> None:
    name = stacks.new_name()
    if is_there:
        stacks.create(local_aws, name, TOPIC)
    with pytest.raises(ClientError, match=words):
        change_set(local_aws, name, TOPIC, ChangeSetType=kind)


def test_change_set_is_of_one_stack(local_aws: LocalAws) -> None:
    names = [stacks.new_name(), stacks.new_name()]
    made = [change_set(local_aws, name, TOPIC, ChangeSetType="CREATE") for name in names]
    assert [one["StackName"] for one in made] == names


def test_stack_that_could_not_be_made_takes_no_update(local_aws: LocalAws) -> None:
    name = stacks.new_name()
    bad = {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "no spaces allowed"}}
    stacks.create(local_aws, name, {"Resources": {"Topic": bad}})
    for ask in (stacks.update, change_set):
        with pytest.raises(ClientError, match="is in ROLLBACK_COMPLETE state and can not be upd"):
            ask(local_aws, name, TOPIC)


def test_protected_stack_is_not_deleted(local_aws: LocalAws) -> None:
    name, formation = stacks.new_name(), local_aws.client("cloudformation")
    stacks.create(local_aws, name, TOPIC, EnableTerminationProtection=True)
    with pytest.raises(ClientError, match="cannot be deleted while TerminationProtection is enab"):
        stacks.delete(local_aws, name)
    formation.update_termination_protection(StackName=name, EnableTerminationProtection=False)
    assert stacks.delete(local_aws, name)["StackStatus"] == "DELETE_COMPLETE"


ROLE = {"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []}}


@pytest.mark.parametrize(
    ("properties", "given", "wanted"),
    [
        (ROLE, [], "CAPABILITY_IAM"),
        (ROLE | {"RoleName": "a-role"}, ["CAPABILITY_IAM"], "CAPABILITY_NAMED_IAM"),
    ],
)
def test_roles_need_an_acknowledgement(
    local_aws: LocalAws, properties: dict[str, Any], given: list[str], wanted: str
) -> None:
    template = {"Resources": {"Role": {"Type": "AWS::IAM::Role", "Properties": properties}}}
    with pytest.raises(ClientError, match=rf"Requires capabilities : \[{wanted}\]") as refused:
        stacks.create(local_aws, stacks.new_name(), template, Capabilities=given)
    assert refused.value.response["Error"]["Code"] == "InsufficientCapabilitiesException"


@pytest.mark.parametrize(
    ("name", "template", "words"),
    [
        ("no_underscore", TOPIC, "at 'stackName' failed to satisfy constraint"),
        ("a" * 129, TOPIC, "length less than or equal to 128"),
        ("stack", {"Resources": {"not-alphanumeric": TOPIC}}, "is non alphanumeric"),
        (
            "stack",
            TOPIC | {"Resource": {}},
            r"Invalid template property or properties \[Resource\]",
        ),
        ("stack", {"Resources": {"A": {"Type": "AWS::SNS::Topic", "Tags": []}}}, "property 'Tags'"),
        ("stack", TOPIC | {"Metadata": {"long": "a" * 52_000}}, "less than or equal to 51200"),
        (
            "stack",
            {"Resources": {f"T{n}": {"Type": "AWS::SNS::Topic"} for n in range(501)}},
            "Number of resources, 501, is greater than maximum allowed, 500",
        ),
    ],
    ids=lambda given: str(given)[:20],
)
def test_names_and_sizes_that_aws_refuses_are_refused(
    local_aws: LocalAws, name: str, template: Any, words: str
) -> None:
    with pytest.raises(ClientError, match=words):
        stacks.create(local_aws, name, template)
