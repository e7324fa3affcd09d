"""Rules of Choice states: recorded on AWS by LocalStack's suites choice_operators and scenarios."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.stepfunctions.queries.choice import matches

from tests.stepfunctions.queries.scopes import failure, scope

EARLY, LATE = "2012-10-09T19:00:55Z", "2012-10-09T19:00:56Z"
KINDS: dict[str, list[Any]] = {
    "IsNull": [None],
    "IsNumeric": [0, 0.0, 1, 1.1],
    "IsString": ["", " ", "Hello", "2012-10-09T19:00:55", EARLY, "2023-02-24"],
    "IsBoolean": [True, False],
    "IsTimestamp": [EARLY, "2012-10-09T19:00:55+01:00", "2012-10-09T19:00:55.123456789Z"],
}
VALUES: list[Any] = [
    *(value for values in KINDS.values() for value in values),
    "2012-13-09T19:00:55Z",
    "2012-10-09 19:00:55Z",
    "2012-10-09T25:00:55Z",
    [],
    [""],
    {},
    {"A": 0},
]


def compares(comparison: str, value: Any, wanted: Any) -> bool:
    """By the literal, and by a path to it, which must agree."""
    literal = matches({"Variable": "$.v", comparison: wanted}, scope({"v": value}), "JSONPath")
    if comparison.startswith(("Is", "StringMatches")):
        return literal
    rule = {"Variable": "$.v", f"{comparison}Path": "$.w"}
    assert matches(rule, scope({"v": value, "w": wanted}), "JSONPath") is literal
    return literal


@pytest.mark.parametrize("comparison", KINDS)
@pytest.mark.parametrize("wanted", [True, False])
def test_kind_of_a_value_is_what_it_is(comparison: str, wanted: bool) -> None:
    def is_of_kind(value: Any) -> bool:
        return any(value == one and type(value) is type(one) for one in KINDS[comparison]) or (
            comparison == "IsString" and isinstance(value, str)
        )

    for value in VALUES:
        assert compares(comparison, value, wanted) is (is_of_kind(value) is wanted), value


@pytest.mark.parametrize(
    ("kind", "low", "high"),
    [("Numeric", 0, 1), ("Numeric", -1.5, 0), ("String", "A", "AB"), ("Timestamp", EARLY, LATE)],
)
def test_order_is_that_of_the_kind(kind: str, low: Any, high: Any) -> None:
    table = {
        "Equals": (False, True, False),
        "LessThan": (True, False, False),
        "LessThanEquals": (True, True, False),
        "GreaterThan": (False, False, True),
        "GreaterThanEquals": (False, True, True),
    }
    for order, expected in table.items():
        found = tuple(
            compares(f"{kind}{order}", *pair) for pair in [(low, high), (low, low), (high, low)]
        )
        assert found == expected, order


@pytest.mark.parametrize(
    ("comparison", "wanted"),
    [
        ("NumericEquals", 0),
        ("NumericLessThanEquals", 1),
        ("StringEquals", "HelloWorld"),
        ("TimestampEquals", EARLY),
        ("BooleanEquals", True),
    ],
)
def test_value_of_another_kind_does_not_match(comparison: str, wanted: Any) -> None:
    others: list[Any] = [None, [], [""], {}, {"A": 0}, "2023-02-24 12:15:56.832957", "", " "]
    others += [] if comparison.startswith("Numeric") else [0, 1, 1.1]
    others += [] if comparison == "BooleanEquals" else [True, False]
    assert [value for value in others if compares(comparison, value, wanted)] == []


def test_number_equals_whatever_its_notation_and_a_time_whatever_its_offset() -> None:
    assert compares("NumericEquals", 1.0, 1)
    assert compares("TimestampEquals", "2012-10-09T20:00:55+01:00", EARLY)
    assert compares("BooleanEquals", False, False)
    assert not compares("StringEquals", " ", "     ")


@pytest.mark.parametrize(
    ("value", "pattern", "is_matched"),
    [
        ("log-file.log", "log-*.log", True),
        ("log-.log", "log-*.log", True),
        ("log-file.txt", "log-*.log", False),
        ("a\nb", "a*b", True),
        ("a*b", r"a\*b", True),
        ("axb", r"a\*b", False),
        (r"a\b", r"a\\*", True),
        ("a.b", "a.b", True),
        ("axb", "a.b", False),
        (1, "*", False),
    ],
)
def test_pattern_matches(value: Any, pattern: str, is_matched: bool) -> None:
    assert compares("StringMatches", value, pattern) is is_matched


def rule(comparison: str, wanted: Any, path: str = "$.v") -> dict[str, Any]:
    return {"Variable": path, comparison: wanted}


@pytest.mark.parametrize(
    ("composite", "is_matched"),
    [
        ({"And": [rule("IsNull", False), rule("NumericEquals", 1)]}, True),
        ({"And": [rule("IsNull", True), rule("NumericEquals", 1)]}, False),
        ({"Or": [rule("NumericEquals", 2), rule("NumericEquals", 1)]}, True),
        ({"Not": rule("NumericEquals", 1)}, False),
        ({"Not": {"And": [{"Or": [rule("NumericEquals", 2)]}]}}, True),
        ({"And": [rule("IsPresent", True, "$.no"), rule("IsNull", False, "$.no")]}, False),
        ({"NumericEquals": 1, "Variable": "$.v", "Next": "N", "Assign": {}}, True),
    ],
)
def test_rules_join(composite: dict[str, Any], is_matched: bool) -> None:
    assert matches(composite, scope({"v": 1}), "JSONPath") is is_matched


@pytest.mark.parametrize(
    ("path", "is_there"), [("$.v", True), ("$.v.w", False), ("$.no.no", False), ("$$.State", True)]
)
def test_whether_a_variable_is_there_may_be_asked(path: str, is_there: bool) -> None:
    given = scope({"v": None})
    assert matches(rule("IsPresent", True, path), given, "JSONPath") is is_there
    assert matches(rule("IsPresent", False, path), given, "JSONPath") is not is_there


@pytest.mark.parametrize("asked", [rule("IsNull", True, "$.no"), rule("StringEqualsPath", "$.no")])
def test_variable_that_is_not_there_fails(asked: dict[str, Any]) -> None:
    failed = failure(lambda: matches(asked, scope({"v": "x"}), "JSONPath"))
    assert failed.error == "States.Runtime"
    assert failed.cause == (
        "Invalid path '$.no': The choice state's condition path references an invalid value."
    )


def test_variables_of_the_execution_are_compared() -> None:
    asked = {"Variable": "$guess", "StringEqualsPath": "$answer"}
    assert matches(asked, scope({}, guess="x", answer="x"), "JSONPath")


@pytest.mark.parametrize(
    ("condition", "is_matched"),
    [(True, True), (False, False), ("{% $states.input.v > 1 %}", True), ("{% false %}", False)],
)
def test_condition_of_jsonata_is_a_boolean(condition: Any, is_matched: bool) -> None:
    assert matches({"Condition": condition}, scope({"v": 2}), "JSONata") is is_matched


def test_condition_that_is_no_boolean_fails_with_its_place() -> None:
    asked = {"Condition": "{% 'x' %}"}
    failed = failure(lambda: matches(asked, scope({}), "JSONata", "Choices[2]"))
    assert failed.cause == (
        "The JSONata expression ''x'' specified for the field 'Choices[2]/Condition' returned an "
        "unexpected result type. Expected 'boolean', but was 'string' for value: \"x\""
    )
