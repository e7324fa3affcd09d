"""State machines made, changed, told and deleted."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from tests.stepfunctions.api.machines import (
    ECHO,
    OTHER_ROLE,
    ROLE,
    SLOW,
    commented,
    create,
    create_arn,
    finish,
    refusal,
    start,
    unique,
)


def test_description_says_what_was_given_and_the_defaults(sfn: Any) -> None:
    name = unique("machine")
    arn = create_arn(sfn, name=name)
    described = sfn.describe_state_machine(stateMachineArn=arn)
    del described["ResponseMetadata"], described["creationDate"]
    assert described == {
        "stateMachineArn": f"arn:aws:states:us-east-1:123456789012:stateMachine:{name}",
        "name": name,
        "status": "ACTIVE",
        "type": "STANDARD",
        "roleArn": ROLE,
        "definition": json.dumps(ECHO),
        "loggingConfiguration": {"level": "OFF", "includeExecutionData": False},
        "tracingConfiguration": {"enabled": False},
    }


def test_metadata_alone_goes_without_the_definition(sfn: Any) -> None:
    arn = create_arn(sfn)
    told = sfn.describe_state_machine(stateMachineArn=arn, includedData="METADATA_ONLY")
    assert "definition" not in told
    assert told["roleArn"] == ROLE


def test_creation_is_repeated_with_the_same_answer_whatever_role_and_tags(sfn: Any) -> None:
    name = unique("machine")
    first = create(sfn, name=name)
    other = {"roleArn": OTHER_ROLE, "tags": [{"key": "team", "value": "sales"}]}
    second = create(sfn, name=name, **other)
    assert first["stateMachineArn"] == second["stateMachineArn"]
    assert first["creationDate"] == second["creationDate"]
    assert sfn.describe_state_machine(stateMachineArn=first["stateMachineArn"])["roleArn"] == ROLE


@pytest.mark.parametrize(
    "other",
    [
        {"definition": json.dumps(ECHO, indent=4)},
        {"definition": commented("another")},
        {"type": "EXPRESS"},
        {"publish": True},
        {"tracingConfiguration": {"enabled": True}},
    ],
)
def test_name_is_taken_by_any_other_state_machine(sfn: Any, other: dict[str, Any]) -> None:
    name = unique("machine")
    arn = create_arn(sfn, name=name)
    given = {"name": name, "definition": json.dumps(ECHO), "roleArn": ROLE}
    assert refusal(sfn.create_state_machine, **(given | other)) == (
        "StateMachineAlreadyExists",
        f"State Machine Already Exists: '{arn}'",
    )


def test_definition_is_refused_with_its_fault(sfn: Any) -> None:
    given = {"name": unique("machine"), "definition": '{"StartAt": "A"}', "roleArn": ROLE}
    assert refusal(sfn.create_state_machine, **given) == (
        "InvalidDefinition",
        "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: "
        "These fields are required: [States] at /'",
    )


def test_role_is_one_of_this_account(sfn: Any) -> None:
    given = {"name": unique("machine"), "definition": json.dumps(ECHO)}
    assert refusal(sfn.create_state_machine, **given, roleArn="runs") == (
        "InvalidArn",
        "Invalid Role Arn: 'runs'",
    )
    foreign = "arn:aws:iam::210987654321:role/runs"
    code, _ = refusal(sfn.create_state_machine, **given, roleArn=foreign)
    assert code == "AccessDeniedException"


def test_every_change_makes_a_revision(sfn: Any) -> None:
    arn = create_arn(sfn)
    first = sfn.update_state_machine(stateMachineArn=arn, definition=commented("changed"))
    second = sfn.update_state_machine(stateMachineArn=arn, roleArn=OTHER_ROLE)
    assert first["revisionId"] != second["revisionId"]
    told = sfn.describe_state_machine(stateMachineArn=arn)
    assert told["revisionId"] == second["revisionId"]
    assert told["definition"] == commented("changed")
    assert told["roleArn"] == OTHER_ROLE


def test_update_that_changes_nothing_makes_no_revision(sfn: Any) -> None:
    arn = create_arn(sfn)
    assert "revisionId" not in sfn.update_state_machine(stateMachineArn=arn, roleArn=ROLE)
    changed = sfn.update_state_machine(stateMachineArn=arn, definition=commented("changed"))
    again = sfn.update_state_machine(stateMachineArn=arn, definition=commented("changed"))
    assert again["revisionId"] == changed["revisionId"]


def test_update_without_anything_to_change_is_refused(sfn: Any) -> None:
    assert refusal(sfn.update_state_machine, stateMachineArn=create_arn(sfn)) == (
        "MissingRequiredParameter",
        "Either the definition, the role ARN, the LoggingConfiguration, or the "
        "TracingConfiguration must be specified",
    )


def test_execution_keeps_what_it_was_started_with(sfn: Any) -> None:
    arn = create_arn(sfn)
    execution = start(sfn, arn)
    sfn.update_state_machine(stateMachineArn=arn, definition=commented("changed"))
    told = sfn.describe_state_machine_for_execution(executionArn=execution)
    assert told["definition"] == json.dumps(ECHO)
    assert told["stateMachineArn"] == arn
    assert "revisionId" not in told
    assert "updateDate" in told


def test_variables_that_a_state_reads_are_told(sfn: Any) -> None:
    states = {
        "Note": {"Type": "Pass", "Assign": {"note": 1}, "Next": "Read"},
        "Read": {"Type": "Pass", "Parameters": {"noted.$": "$note"}, "End": True},
    }
    arn = create_arn(sfn, {"StartAt": "Note", "States": states})
    told = sfn.describe_state_machine(stateMachineArn=arn)
    assert told["variableReferences"] == {"Read": ["note"]}


def test_deleted_state_machine_is_gone_and_its_name_free(sfn: Any) -> None:
    name = unique("machine")
    arn = create_arn(sfn, name=name)
    sfn.delete_state_machine(stateMachineArn=arn)
    sfn.delete_state_machine(stateMachineArn=arn)
    assert refusal(sfn.describe_state_machine, stateMachineArn=arn) == (
        "StateMachineDoesNotExist",
        f"State Machine Does Not Exist: '{arn}'",
    )
    create(sfn, name=name, definition=commented("another"))


def test_state_machine_is_deleting_until_its_executions_have_ended(sfn: Any) -> None:
    name = unique("machine")
    arn = create_arn(sfn, SLOW, name=name)
    execution = start(sfn, arn)
    sfn.delete_state_machine(stateMachineArn=arn)
    assert sfn.describe_state_machine(stateMachineArn=arn)["status"] == "DELETING"
    given = {"name": name, "definition": json.dumps(SLOW), "roleArn": ROLE}
    for call, request in (
        (sfn.start_execution, {"stateMachineArn": arn}),
        (sfn.create_state_machine, given),
        (sfn.update_state_machine, {"stateMachineArn": arn, "roleArn": ROLE}),
    ):
        assert refusal(call, **request)[0] == "StateMachineDeleting"
    sfn.stop_execution(executionArn=execution)
    assert refusal(sfn.describe_state_machine, stateMachineArn=arn)[0] == "StateMachineDoesNotExist"
    assert finish(sfn, execution)["status"] == "ABORTED"


def test_executions_of_a_deleted_state_machine_end_at_their_next_state(sfn: Any) -> None:
    states = {
        "Now": {"Type": "Wait", "Seconds": 1, "Next": "Never"},
        "Never": {"Type": "Pass", "End": True},
    }
    arn = create_arn(sfn, {"StartAt": "Now", "States": states})
    execution = start(sfn, arn)
    sfn.delete_state_machine(stateMachineArn=arn)
    assert finish(sfn, execution)["status"] == "ABORTED"


def test_list_is_told_in_pages_in_the_order_of_names(sfn: Any) -> None:
    prefix = unique("list")
    names = [f"{prefix}-{letter}" for letter in "abcde"]
    for name in reversed(names):
        create(sfn, name=name)
    pages = sfn.get_paginator("list_state_machines").paginate(PaginationConfig={"PageSize": 2})
    listed = [machine["name"] for page in pages for machine in page["stateMachines"]]
    assert [name for name in listed if name.startswith(prefix)] == names


def test_token_of_no_page_is_refused(sfn: Any) -> None:
    assert refusal(sfn.list_state_machines, nextToken="nobodys") == (
        "InvalidToken",
        "Invalid Token: 'Invalid token'",
    )


@pytest.mark.parametrize(
    ("request_", "value", "constraint"),
    [
        ({"maxResults": 1001}, "1001", "value less than or equal to 1000"),
        ({"nextToken": "x" * 1025}, "x" * 1025, "length less than or equal to 1024"),
    ],
)
def test_page_has_its_limits(
    sfn: Any, request_: dict[str, Any], value: str, constraint: str
) -> None:
    (member,) = request_
    assert refusal(sfn.list_state_machines, **request_) == (
        "ValidationException",
        f"1 validation error detected: Value '{value}' at '{member}' failed to satisfy "
        f"constraint: Member must have {constraint}",
    )


def test_regions_know_nothing_of_each_other(sfn: Any) -> None:
    arn = create_arn(sfn)
    elsewhere = arn.replace("us-east-1", "eu-west-1")
    assert refusal(sfn.describe_state_machine, stateMachineArn=elsewhere)[0] == (
        "StateMachineDoesNotExist"
    )
    assert time.time() > sfn.describe_state_machine(stateMachineArn=arn)["creationDate"].timestamp()
