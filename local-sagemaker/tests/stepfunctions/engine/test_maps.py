"""Inline maps: their items, how many at a time, and what each iteration sees."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stepfunctions.engine.running import chain, details, end, fail, jsonata, machine, run

ECHO = machine({"Echo": end()})


def each(**more: Any) -> dict[str, Any]:
    return {"Each": {"Type": "Map", "ItemProcessor": ECHO, "End": True} | more}


def test_outputs_are_in_the_order_of_the_items() -> None:
    assert run(each(), list(range(50))).output == list(range(50))


def test_no_items_are_no_iterations() -> None:
    execution = run(each(), [])
    assert execution.output == []
    assert details(execution, "MapStateStarted") == [{"length": 0}]


@pytest.mark.parametrize("field", ["ToleratedFailureCount", "ToleratedFailurePercentage"])
def test_a_tolerance_is_checked_and_has_no_effect_inline(field: str) -> None:
    failing = machine({"Fail": fail("Broken")})
    assert run(each(**{field: 50}, ItemProcessor=failing), [1, 2]).error == "Broken"
    assert jsonata(each(**{field: "{% 1 %}"}), [1]).output == [1]
    assert jsonata(each(**{field: "{% 'a' %}"}), [1]).error == "States.QueryEvaluationError"


def test_items_path_names_the_array_and_iterator_is_the_old_name_of_the_processor() -> None:
    old = {"Type": "Map", "Iterator": ECHO, "ItemsPath": "$.items", "End": True}
    assert run({"Each": old}, {"items": [1, 2]}).output == [1, 2]


@pytest.mark.parametrize("field", ["ItemSelector", "Parameters"])
def test_item_selector_sees_item_index_and_input(field: str) -> None:
    template = {
        "at.$": "$$.Map.Item.Index",
        "item.$": "$$.Map.Item.Value",
        "all.$": "$.all",
    }
    states = each(ItemsPath="$.items", **{field: template})
    assert run(states, {"items": ["a", "b"], "all": 0}).output == [
        {"at": 0, "item": "a", "all": 0},
        {"at": 1, "item": "b", "all": 0},
    ]


def test_states_of_an_iteration_see_their_item_in_the_context_object() -> None:
    look = machine({"Look": end(Output="{% $states.context.Map.Item.Value %}")})
    assert jsonata(each(ItemProcessor=look, Items=[1, 2])).output == [1, 2]


def test_what_is_no_array_fails_in_the_words_of_its_language() -> None:
    states = each(Items="{% 1 %}")
    assert jsonata(states).cause == (
        "An error occurred while executing the state 'Each' (entered at the event id #2). The "
        "JSONata expression '1' specified for the field 'Items' returned an unexpected result "
        "type. Expected 'array', but was 'number' for value: 1"
    )
    execution = jsonata(each(), {"a": 1})
    assert execution.error == "States.QueryEvaluationError"
    assert str(execution.cause).endswith('Map state input must be an array but was: {"a":1}')


@pytest.mark.parametrize(("value", "shown"), [("many", "many"), ({}, "{}"), (1.5, "1.5")])
def test_concurrency_at_a_path_is_a_whole_number(value: Any, shown: str) -> None:
    execution = run(each(ItemsPath="$.i", MaxConcurrencyPath="$.n"), {"i": [], "n": value})
    assert execution.error == "States.Runtime"
    assert execution.cause == (
        "An error occurred while executing the state 'Each' (entered at the event id #2). The "
        f'MaxConcurrencyPath field refers to value "{shown}" which is not a valid integer: $.n'
    )
    assert not details(execution, "MapStateFailed")


def test_a_failure_aborts_the_iterations_under_way() -> None:
    is_one = {"Variable": "$", "NumericEquals": 1, "Next": "Soon"}
    states = {
        "Which": {"Type": "Choice", "Choices": [is_one], "Default": "Late"},
        "Soon": {"Type": "Wait", "Seconds": 100, "Next": "No"},
        "No": fail(),
        "Late": {"Type": "Wait", "Seconds": 60_000, "End": True},
    }
    execution = run(each(ItemProcessor=machine(states)), [0, 1])
    assert details(execution, "MapIterationFailed") == [{"index": 1, "name": "Each"}]
    assert details(execution, "MapIterationAborted") == [{"index": 0, "name": "Each"}]
    assert len(details(execution, "WaitStateAborted")) == 1
    assert execution.error == "Bad"


def test_item_selector_that_fails_is_the_maps_own_failure() -> None:
    execution = run(each(ItemSelector={"a.$": "$.none"}), [1])
    assert execution.error == "States.Runtime"
    assert chain(execution)[2:] == ["3<2 MapStateStarted", "4<3 ExecutionFailed"]
