"""Variables: what sees them, and when they change."""

from __future__ import annotations

from typing import Any

from tests.stepfunctions.engine.running import details, end, jsonata, machine, run


def test_variables_are_told_as_texts_when_a_state_is_left() -> None:
    execution = run({"A": end(Assign={"number": 42, "text.$": "$.a"})}, {"a": "b"})
    (left,) = details(execution, "PassStateExited")
    assert left["assignedVariables"] == {"number": "42", "text": '"b"'}
    assert left["assignedVariablesDetails"] == {"truncated": False}


def test_assigning_does_not_change_what_the_same_state_sees() -> None:
    first = {"Type": "Pass", "Assign": {"x": 1}, "Next": "Again"}
    again = {"Type": "Pass", "Assign": {"x": "{% $x + 1 %}", "y": "{% $x %}"}, "Next": "Tell"}
    execution = jsonata({"First": first, "Again": again, "Tell": end(Output="{% [$x, $y] %}")})
    assert execution.output == [2, 1]


def test_branches_see_outer_variables_and_keep_their_own() -> None:
    inner = machine({"In": end(Assign={"inner": "{% $x + 1 %}"}, Output="{% $x %}")})
    states = {
        "First": {"Type": "Pass", "Assign": {"x": 1}, "Next": "Box"},
        "Box": {"Type": "Parallel", "Branches": [inner, inner], "Next": "Tell"},
        "Tell": end(Output="{% [$x, $exists($inner)] %}"),
    }
    assert jsonata(states).output == [1, False]


def test_variables_of_an_execution_come_to_ten_mebibytes_at_most() -> None:
    """Those that are replaced do not count, nor those of a branch that is through."""
    kept = {"Type": "Pass", "Assign": {"x.$": "$", "y": 1}}
    box = {"Type": "Parallel", "Branches": [machine({"In": end(Assign={"z.$": "$"})})]}
    states: dict[str, Any] = {"Box": box | {"ResultPath": None, "Next": "0"}}
    states |= {str(n): kept | {"Next": str(n + 1)} for n in range(5)}
    states |= {
        str(n): kept | {"Assign": {f"x{n}.$": "$"}, "Next": str(n + 1)} for n in range(5, 60)
    }
    execution = run(states | {"60": end()}, "x" * 256_000)
    assert execution.error == "States.DataLimitExceeded"
    assert execution.cause == (
        "With what the state '44' assigns, the variables of the execution come to 10496083 bytes, "
        "above the 10485760 of the service limit."
    )


def test_one_state_assigns_256_kibibytes_at_most() -> None:
    execution = run({"A": end(Assign={"x.$": "$", "y.$": "$"})}, "x" * 140_000)
    assert execution.error == "States.DataLimitExceeded"


def test_result_is_what_a_pass_state_assigns_from() -> None:
    execution = run({"A": end(Result={"n": 42}, ResultPath="$.put", Assign={"n.$": "$.n"})})
    assert details(execution, "PassStateExited")[0]["assignedVariables"] == {"n": "42"}


def test_rule_that_holds_assigns_and_the_state_does_for_its_default() -> None:
    rule = {"Condition": "{% $states.input.yes %}", "Next": "End", "Assign": {"by": "rule"}}
    choice = {"Type": "Choice", "Choices": [rule], "Default": "End", "Assign": {"by": "default"}}
    states = {"Choose": choice, "End": end(Output="{% $by %}")}
    assert jsonata(states, {"yes": True}).output == "rule"
    assert jsonata(states, {"yes": False}).output == "default"
