"""Versions of state machines."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.stepfunctions.api.machines import (
    ECHO,
    ROLE,
    commented,
    create,
    create_arn,
    finish,
    refusal,
    start,
    unique,
)


def versions(sfn: Any, machine: str) -> list[str]:
    listed = sfn.list_state_machine_versions(stateMachineArn=machine)["stateMachineVersions"]
    return [each["stateMachineVersionArn"] for each in listed]


@pytest.mark.parametrize("kind", ["STANDARD", "EXPRESS"])
def test_creation_publishes_the_first_version(sfn: Any, kind: str) -> None:
    created = create(sfn, type=kind, publish=True, versionDescription="as shipped")
    assert created["stateMachineVersionArn"] == f"{created['stateMachineArn']}:1"
    told = sfn.describe_state_machine(stateMachineArn=created["stateMachineVersionArn"])
    assert told["stateMachineArn"] == created["stateMachineVersionArn"]
    assert told["description"] == "as shipped"
    assert "description" not in sfn.describe_state_machine(
        stateMachineArn=created["stateMachineArn"]
    )


def test_version_is_described_only_where_one_is_published(sfn: Any) -> None:
    given = {"name": unique("machine"), "roleArn": ROLE, "definition": json.dumps(ECHO)}
    assert refusal(sfn.create_state_machine, **given, versionDescription="as shipped") == (
        "ValidationException",
        "Version description can only be set when publish is true",
    )


def test_version_stays_what_it_was_published_as(sfn: Any) -> None:
    machine = create_arn(sfn)
    updated = sfn.update_state_machine(stateMachineArn=machine, definition=commented("one"))
    version = sfn.publish_state_machine_version(stateMachineArn=machine, description="first")
    sfn.update_state_machine(stateMachineArn=machine, definition=commented("two"))
    told = sfn.describe_state_machine(stateMachineArn=version["stateMachineVersionArn"])
    assert told["definition"] == commented("one")
    assert told["description"] == "first"
    assert told["revisionId"] == updated["revisionId"]


def test_versions_are_listed_from_the_newest_on(sfn: Any) -> None:
    machine = create_arn(sfn, publish=True)
    for text in ("two", "three"):
        sfn.update_state_machine(stateMachineArn=machine, definition=commented(text), publish=True)
    assert versions(sfn, machine) == [f"{machine}:{number}" for number in (3, 2, 1)]
    first = sfn.list_state_machine_versions(stateMachineArn=machine, maxResults=2)
    rest = sfn.list_state_machine_versions(stateMachineArn=machine, nextToken=first["nextToken"])
    assert len(first["stateMachineVersions"]) == 2
    assert [each["stateMachineVersionArn"] for each in rest["stateMachineVersions"]] == [
        f"{machine}:1"
    ]
    assert "nextToken" not in rest


def test_revision_is_published_once(sfn: Any) -> None:
    machine = create_arn(sfn)
    first = sfn.publish_state_machine_version(stateMachineArn=machine)
    again = sfn.publish_state_machine_version(stateMachineArn=machine)
    assert first["stateMachineVersionArn"] == again["stateMachineVersionArn"] == f"{machine}:1"
    updated = sfn.update_state_machine(
        stateMachineArn=machine, definition=json.dumps(ECHO), publish=True
    )
    assert updated["stateMachineVersionArn"] == f"{machine}:1"
    assert "revisionId" not in updated


def test_number_of_a_deleted_version_is_not_used_again(sfn: Any) -> None:
    machine = create_arn(sfn, publish=True)
    sfn.update_state_machine(stateMachineArn=machine, definition=commented("two"), publish=True)
    sfn.delete_state_machine_version(stateMachineVersionArn=f"{machine}:2")
    sfn.delete_state_machine_version(stateMachineVersionArn=f"{machine}:2")
    published = sfn.publish_state_machine_version(stateMachineArn=machine)
    assert published["stateMachineVersionArn"] == f"{machine}:3"


def test_publication_of_an_older_revision_is_refused(sfn: Any) -> None:
    machine = create_arn(sfn)
    old = sfn.update_state_machine(stateMachineArn=machine, definition=commented("old"))
    new = sfn.update_state_machine(stateMachineArn=machine, definition=commented("new"))
    request = {"stateMachineArn": machine, "revisionId": old["revisionId"]}
    assert refusal(sfn.publish_state_machine_version, **request) == (
        "ConflictException",
        f"Failed to publish the State Machine version for revision {old['revisionId']}. "
        f"The current State Machine revision is {new['revisionId']}.",
    )


def test_version_cannot_be_updated(sfn: Any) -> None:
    version = create(sfn, publish=True)["stateMachineVersionArn"]
    request = {"stateMachineArn": version, "definition": commented("changed")}
    assert refusal(sfn.update_state_machine, **request) == (
        "StateMachineDoesNotExist",
        f"State Machine Does Not Exist: '{version}'",
    )


def test_executions_of_a_version_are_listed_by_it(sfn: Any) -> None:
    created = create(sfn, publish=True)
    machine, version = created["stateMachineArn"], created["stateMachineVersionArn"]
    by_machine, by_version = start(sfn, machine), start(sfn, version)
    (listed,) = sfn.list_executions(stateMachineArn=version)["executions"]
    assert listed["executionArn"] == by_version
    assert listed["stateMachineArn"] == machine
    assert listed["stateMachineVersionArn"] == version
    assert "stateMachineVersionArn" not in finish(sfn, by_machine)
    assert len(sfn.list_executions(stateMachineArn=machine)["executions"]) == 2


def test_execution_of_a_version_runs_what_was_published(sfn: Any) -> None:
    created = create(sfn, publish=True)
    other = {"StartAt": "No", "States": {"No": {"Type": "Fail"}}}
    sfn.update_state_machine(
        stateMachineArn=created["stateMachineArn"], definition=json.dumps(other)
    )
    execution = start(sfn, created["stateMachineVersionArn"])
    assert finish(sfn, execution)["status"] == "SUCCEEDED"
    told = sfn.describe_state_machine_for_execution(executionArn=execution)
    assert told["definition"] == json.dumps(ECHO)
    assert told["stateMachineArn"] == created["stateMachineArn"]


def test_version_of_a_state_machine_that_is_not_there_is_refused(sfn: Any) -> None:
    missing = create_arn(sfn) + "-missing"
    assert refusal(sfn.publish_state_machine_version, stateMachineArn=missing) == (
        "StateMachineDoesNotExist",
        f"State Machine Does Not Exist: '{missing}'",
    )
