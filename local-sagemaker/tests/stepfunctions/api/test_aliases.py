"""Aliases of state machines."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stepfunctions.api.machines import commented, create_arn, finish, refusal, start, unique


def machine_with_versions(sfn: Any, count: int = 2) -> str:
    machine = create_arn(sfn, publish=True)
    for number in range(2, count + 1):
        sfn.update_state_machine(
            stateMachineArn=machine, definition=commented(str(number)), publish=True
        )
    return machine


def routing(machine: str, *weights: int) -> list[dict[str, Any]]:
    """To the versions 1, 2, ... with these weights."""
    return [
        {"stateMachineVersionArn": f"{machine}:{number}", "weight": weight}
        for number, weight in enumerate(weights, start=1)
    ]


def create_alias(sfn: Any, machine: str, name: str = "live", *weights: int) -> str:
    created = sfn.create_state_machine_alias(
        name=name, routingConfiguration=routing(machine, *(weights or (100,)))
    )
    return str(created["stateMachineAliasArn"])


def listed(sfn: Any, arn: str, **request: Any) -> list[str]:
    found = sfn.list_state_machine_aliases(stateMachineArn=arn, **request)["stateMachineAliases"]
    return [each["stateMachineAliasArn"] for each in found]


def test_alias_is_told_as_it_was_made_and_changed(sfn: Any) -> None:
    machine = machine_with_versions(sfn)
    alias = create_alias(sfn, machine)
    assert alias == f"{machine}:live"
    sfn.update_state_machine_alias(stateMachineAliasArn=alias, description="what runs")
    sfn.update_state_machine_alias(
        stateMachineAliasArn=alias, routingConfiguration=routing(machine, 40, 60)
    )
    told = sfn.describe_state_machine_alias(stateMachineAliasArn=alias)
    assert told["name"] == "live"
    assert told["description"] == "what runs"
    assert told["routingConfiguration"] == routing(machine, 40, 60)
    assert told["updateDate"] >= told["creationDate"]


def test_creation_of_the_same_alias_is_repeated(sfn: Any) -> None:
    machine = machine_with_versions(sfn)
    assert create_alias(sfn, machine) == create_alias(sfn, machine)
    for other in (
        {"description": "another", "routingConfiguration": routing(machine, 100)},
        {"routingConfiguration": routing(machine, 50, 50)},
    ):
        assert refusal(sfn.create_state_machine_alias, name="live", **other) == (
            "ConflictException",
            "Failed to create alias because an alias with the same name and a different routing "
            "configuration already exists.",
        )


def test_aliases_are_listed_in_the_order_of_their_creation(sfn: Any) -> None:
    machine = machine_with_versions(sfn)
    assert listed(sfn, machine) == []
    made = [create_alias(sfn, machine, name) for name in ("c", "a", "b")]
    assert listed(sfn, machine) == made
    page = sfn.list_state_machine_aliases(stateMachineArn=machine, maxResults=1)
    assert len(page["stateMachineAliases"]) == 1
    assert listed(sfn, machine, nextToken=page["nextToken"]) == made[1:]
    assert refusal(sfn.list_state_machine_aliases, stateMachineArn=machine, nextToken="x") == (
        "InvalidToken",
        "Invalid Token: 'Invalid token'",
    )


def test_aliases_of_a_version_are_those_that_lead_to_it(sfn: Any) -> None:
    machine = machine_with_versions(sfn)
    one, both = create_alias(sfn, machine, "one"), create_alias(sfn, machine, "both", 50, 50)
    assert listed(sfn, f"{machine}:1") == [one, both]
    assert listed(sfn, f"{machine}:2") == [both]


def test_deleted_alias_is_gone(sfn: Any) -> None:
    machine = machine_with_versions(sfn)
    alias = create_alias(sfn, machine)
    sfn.delete_state_machine_alias(stateMachineAliasArn=alias)
    sfn.delete_state_machine_alias(stateMachineAliasArn=alias)
    assert listed(sfn, machine) == []
    for call in (sfn.describe_state_machine_alias, sfn.update_state_machine_alias):
        more = {"description": "x"} if call == sfn.update_state_machine_alias else {}
        assert refusal(call, stateMachineAliasArn=alias, **more) == (
            "ResourceNotFound",
            "Request references a resource that does not exist.",
        )


def test_version_with_an_alias_cannot_be_deleted(sfn: Any) -> None:
    machine = machine_with_versions(sfn)
    alias = create_alias(sfn, machine)
    assert refusal(sfn.delete_state_machine_version, stateMachineVersionArn=f"{machine}:1") == (
        "ConflictException",
        "Version to be deleted must not be referenced by an alias. Current list of aliases "
        "referencing this version: [live]",
    )
    sfn.update_state_machine_alias(
        stateMachineAliasArn=alias,
        routingConfiguration=[{"stateMachineVersionArn": f"{machine}:2", "weight": 100}],
    )
    sfn.delete_state_machine_version(stateMachineVersionArn=f"{machine}:1")


def test_execution_by_an_alias_says_so(sfn: Any) -> None:
    machine = machine_with_versions(sfn)
    alias = create_alias(sfn, machine)
    described = finish(sfn, start(sfn, alias))
    assert described["stateMachineArn"] == machine
    assert described["stateMachineAliasArn"] == alias
    assert described["stateMachineVersionArn"] == f"{machine}:1"
    start(sfn, f"{machine}:1")
    (by_alias,) = sfn.list_executions(stateMachineArn=alias)["executions"]
    assert by_alias["executionArn"] == described["executionArn"]


@pytest.mark.parametrize(("weights", "used"), [((100, 0), {":1"}), ((50, 50), {":1", ":2"})])
def test_alias_shares_executions_out_by_weight(
    sfn: Any, weights: tuple[int, int], used: set[str]
) -> None:
    alias = create_alias(sfn, machine_with_versions(sfn), "live", *weights)
    for _ in range(30):
        start(sfn, alias)
    executions = sfn.list_executions(stateMachineArn=alias)["executions"]
    assert {each["stateMachineVersionArn"][-2:] for each in executions} == used


def test_routing_names_one_or_two_versions_of_a_state_machine(sfn: Any) -> None:
    machine = machine_with_versions(sfn, 3)
    one, two = routing(machine, 70, 30)
    to_machine = {"stateMachineVersionArn": machine, "weight": 70}
    refused = {
        f"Routing configuration must contain state machine version ARNs. "
        f"Received: [{machine}, {machine}:2]": [to_machine, two],
        f"Routing configuration must contain distinct state machine version ARNs. "
        f"Received: [{machine}:1, {machine}:1]": [one, one],
        "Sum of routing configuration weights must equal 100. Received: [70, 29]": routing(
            machine, 70, 29
        ),
        "1 validation error detected: Value '101' at 'routingConfiguration.1.member.weight' failed "
        "to satisfy constraint: Member must have value less than or equal to 100": routing(
            machine, 101
        ),
        "1 validation error detected: Value '["
        f"RoutingConfigurationListItem(stateMachineVersionArn={machine}:1, weight=50), "
        f"RoutingConfigurationListItem(stateMachineVersionArn={machine}:2, weight=30), "
        f"RoutingConfigurationListItem(stateMachineVersionArn={machine}:3, weight=20)]' at "
        "'routingConfiguration' failed to satisfy constraint: Member must have length less than or "
        "equal to 2": routing(machine, 50, 30, 20),
    }
    for message, given in refused.items():
        request = {"name": unique("alias"), "routingConfiguration": given}
        assert refusal(sfn.create_state_machine_alias, **request) == (
            "ValidationException",
            message,
        )


def test_routing_to_a_version_that_is_not_there_is_refused(sfn: Any) -> None:
    machine = machine_with_versions(sfn, 1)
    request = {"name": "live", "routingConfiguration": routing(machine, 50, 50)}
    assert refusal(sfn.create_state_machine_alias, **request)[0] == "ResourceNotFound"


@pytest.mark.parametrize("name", ["123", "two words", "!live", "live@home"])
def test_name_is_of_letters_digits_and_has_no_digits_alone(sfn: Any, name: str) -> None:
    machine = machine_with_versions(sfn, 1)
    request = {"name": name, "routingConfiguration": routing(machine, 100)}
    assert refusal(sfn.create_state_machine_alias, **request) == (
        "ValidationException",
        f"1 validation error detected: Value '{name}' at 'name' failed to satisfy constraint: "
        r"Member must satisfy regular expression pattern: "
        r"^(?=.*[a-zA-Z_\-\.])[a-zA-Z0-9_\-\.]+$",
    )
