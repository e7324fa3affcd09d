"""The variables that DescribeStateMachine says a state reads."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.stepfunctions.definition.references import variable_references

from tests.stepfunctions.definition.machines import END, machine, one, processor


@pytest.mark.parametrize(
    ("state", "names"),
    [
        ({"Type": "Pass", "Parameters": {"a.$": "$result"}}, ["result"]),
        ({"Type": "Pass", "InputPath": "$a.b", "OutputPath": "$c"}, ["a", "c"]),
        ({"Type": "Pass", "Assign": {"a.$": "States.Format('$no {}', $b)"}}, ["b"]),
        ({"Type": "Pass", "Parameters": {"a.$": "$.x", "b.$": "$$.State.Name", "c": "$d"}}, []),
        ({"Type": "Pass", "Result": {"aPath": "$a", "b.$": "$b"}}, []),
        ({"Type": "Pass", "Parameters": {"aPath": "no path"}}, []),
        ({"Type": "Wait", "SecondsPath": "$seconds"}, ["seconds"]),
        ({"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% $a %}"}, []),
    ],
)
def test_variables_of_paths_and_functions_are_listed(
    state: dict[str, Any], names: list[str]
) -> None:
    assert variable_references(machine(one(**state))) == ({"A": names} if names else {})


def test_a_state_is_not_said_to_read_what_states_inside_it_read() -> None:
    inner = processor({"B": {**END, "Parameters": {"q.$": "$question"}}})
    outer = one(Type="Map", ItemSelector={"a.$": "$template"}, ItemProcessor=inner)
    assert variable_references(machine(outer)) == {"A": ["template"], "B": ["question"]}


def test_rules_of_a_choice_read_variables() -> None:
    rule = {"Variable": "$guess", "NumericEqualsPath": "$answer", "Next": "Z"}
    states = {"A": {"Type": "Choice", "Choices": [rule], "Default": "Z"}, "Z": END}
    assert variable_references(machine(states)) == {"A": ["guess", "answer"]}
