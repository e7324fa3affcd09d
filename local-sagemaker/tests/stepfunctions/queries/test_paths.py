"""JSONPath as Step Functions answers it: recorded on AWS by the tests of LocalStack, suite base.

Where nothing is recorded, as Jayway JsonPath answers it, whose words AWS's are.
"""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.stepfunctions.queries.path import select
from local_sagemaker.stepfunctions.queries.template import evaluate

from tests.stepfunctions.queries.scopes import failure, scope

BOOKS = [
    {"title": "a", "price": 8.95, "kind": "x"},
    {"title": "b", "price": 12, "isbn": "1"},
    {"title": "c", "price": 9, "isbn": "2", "tags": ["q"]},
]
SHOP = {"books": BOOKS, "bicycle": {"price": 19.95}, "most": 10, "k.e": 1, "none": None}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("$.books[0].title", "a"),
        ("$['books'][0]['title']", "a"),
        ("$.['books'].[0].title", "a"),
        ('$["k.e"]', 1),
        ("$.books[-1].title", "c"),
        ("$.none", None),
        ("$.bicycle['price','colour']", {"price": 19.95}),
    ],
)
def test_path_that_names_one_place_is_its_value(path: str, value: Any) -> None:
    assert select(path, scope(SHOP), "InputPath") == value


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("$.books[*].title", ["a", "b", "c"]),
        ("$.books[*].isbn", ["1", "2"]),
        ("$.bicycle.*", [19.95]),
        ("$.books[0,2].title", ["a", "c"]),
        ("$.books[0:1].title", ["a"]),
        ("$.books[-2:].title", ["b", "c"]),
        ("$.books[:-1].title", ["a", "b"]),
        ("$..price", [8.95, 12, 9, 19.95]),
        ("$..books[0].title", ["a"]),
        ("$['bicycle','most'].price", [19.95]),
    ],
)
def test_any_other_path_is_a_list_of_what_it_finds(path: str, values: list[Any]) -> None:
    assert select(path, scope(SHOP), "InputPath") == values


@pytest.mark.parametrize(
    ("condition", "titles"),
    [
        ("@.isbn", "bc"),
        ("!@.isbn", "a"),
        ("@.price < 10", "ac"),
        ("@.price<10&&@.isbn", "c"),
        ("(@.price > 10) || (@.kind == 'x')", "ab"),
        ("@.price <= $.most", "ac"),
        ("@.title =~ /[AB]/i", "ab"),
        ("@.title in ['a','c']", "ac"),
        ("@.title nin ['a']", "bc"),
        ("@.tags contains 'q'", "c"),
        ("@.isbn == 1", "b"),
        ("@.price == '12'", "b"),
        ("@.isbn != '1'", "ac"),
        ("@.isbn == null", ""),
        ("@.title < 5", ""),
    ],
)
def test_filter_finds_the_items_that_it_is_true_of(condition: str, titles: str) -> None:
    assert select(f"$.books[?({condition})].title", scope(SHOP), "InputPath") == [*titles]


def test_filter_below_finds_objects_wherever_they_are() -> None:
    found = select("$..[?(@.price > 10)].price", scope(SHOP), "InputPath")
    assert found == [12, 19.95]


def test_name_in_brackets_keeps_its_backslashes() -> None:
    name = 'Test\\""Name"'
    assert select(f"$['{name}']", scope({name: 1}), "InputPath") == 1


def test_path_may_start_at_the_context_object_and_at_a_variable() -> None:
    given = scope({}, order={"lines": [1, 2]})
    assert select("$$.Execution.Input", given, "InputPath") == {"a": 1}
    assert select("$order.lines[1]", given, "InputPath") == 2


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("$.none_such", "No results for path: $['none_such']"),
        ("$.no.such", "Missing property in path $['no']"),
        ("$.bicycle.no.such", "Missing property in path $['bicycle']['no']"),
        ("$.books[5]", "No results for path: $['books'][5]"),
        ("$.books[5].title", "No results for path: $['books'][5]['title']"),
        ("$.books.length()", "Expected to find an object with property ['length()'] in path"),
        ("$.most.x", "Expected to find an object with property ['x'] in path $['most'] but found"),
        ("$.none[0]", "The path $['none'] is null"),
        ("$.most[0]", "Filter: [0] can only be applied to arrays. Current context is: 10"),
        ("$none_such", "No results for path: $none_such"),
    ],
)
def test_path_that_leads_nowhere_says_where_it_ends(path: str, reason: str) -> None:
    failed = failure(lambda: select(path, scope(SHOP), "OutputPath"))
    assert failed.error == "States.Runtime"
    assert str(failed.cause).startswith(f"Invalid path '{path}' : {reason}")


@pytest.mark.parametrize("field", ["ErrorPath", "CausePath"])
def test_path_of_a_fail_state_has_words_of_its_own(field: str) -> None:
    failed = failure(lambda: select("$.Error", scope({"a": 1}), field))
    assert failed.cause == (
        f"The JSONPath '$.Error' specified for the field '{field}' could not be found in the "
        "input '{\"a\":1}'"
    )


@pytest.mark.parametrize("field", ["SecondsPath", "TimestampPath"])
def test_path_of_a_wait_state_has_words_of_its_own(field: str) -> None:
    failed = failure(lambda: select("$.input.when", scope({"input": {}}), field))
    assert failed.cause == f"The {field} parameter does not reference an input value: $.input.when"


def test_path_of_a_fail_state_may_be_a_function() -> None:
    cause = select("States.Format('{} of {}', $.a, $.b)", scope({"a": 1, "b": "x"}), "CausePath")
    assert cause == "1 of x"


@pytest.mark.parametrize("path", ["$[*]", "$.items[*]", "$.item.items[1:5].value", "$.items[:1]"])
def test_list_of_a_template_is_empty_where_nothing_is(path: str) -> None:
    assert evaluate({"found.$": path}, scope({}), "JSONPath", "Parameters") == {"found": []}


def test_place_of_a_template_beyond_the_end_of_an_array_is_null() -> None:
    """Measured on AWS: floci-io/floci#2870."""
    found = evaluate({"found.$": "$.a[5]"}, scope({"a": [1]}), "JSONPath", "Parameters")
    assert found == {"found": None}
