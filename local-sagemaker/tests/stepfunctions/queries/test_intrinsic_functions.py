"""Intrinsic functions: recorded on AWS by LocalStack's suite intrinsic_functions."""

from __future__ import annotations

import re
from typing import Any

import pytest
from local_sagemaker.stepfunctions.queries.intrinsics.call import evaluate_call

from tests.stepfunctions.queries.scopes import failure, scope


def called(call: str, *arguments: Any) -> Any:
    """The result of a call in which `$a`, `$b` and `$c` are the arguments."""
    return evaluate_call(call, scope({}, **dict(zip("abc", arguments, strict=False))))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("", ""),
        (" ", " "),
        (None, "null"),
        (1, "1"),
        (1.1, "1.1"),
        (True, "true"),
        ('{"A": []}', '{"A": []}'),
        ({"A": 1, "B": []}, "{A=1, B=[]}"),
        ([1, "x", None], "[1, x, null]"),
    ],
)
def test_format_writes_values_as_java_does(value: Any, written: str) -> None:
    assert called("States.Format('{} and {}.', $a, $a)", value) == f"{written} and {written}."


@pytest.mark.parametrize(
    ("call", "result"),
    [
        (r"States.Format('It\'s \{{}\} \\|', 1)", "It's {1} \\|"),
        ("States.Format('{}', 'a {} b')", "a {} b"),
        (r"States.Array('it\'s \{\} \\|')", ["it's {} \\|"]),
        ("States.StringSplit('Hello\nWorld', '\n')", ["Hello", "World"]),
        ("States.Array()", []),
        ("States.Array(1, -1.5, 2e3, true, null, 'x', States.Array( 'y' ))", None),
        ("States.ArrayGetItem(States.StringSplit('a-b-c', '-'), States.MathAdd(1, 1))", "c"),
        ("""States.StringToJson('{"a": "b"}')""", {"a": "b"}),
        ("States.ArrayLength($$.Execution.Input[*])", 1),
    ],
)
def test_call_has_literals_escapes_and_calls_within(call: str, result: Any) -> None:
    expected = [1, -1.5, 2000.0, True, None, "x", ["y"]] if result is None else result
    assert called(call) == expected


@pytest.mark.parametrize(
    ("call", "arguments", "result"),
    [
        ("ArrayPartition($a, $b)", ([0, 1, 2, 3], 3), [[0, 1, 2], [3]]),
        ("ArrayPartition($a, $b)", ([0], 5), [[0]]),
        ("ArrayPartition($a, $b)", ([], 1), []),
        ("ArrayContains($a, $b)", ([[1, 2], {"x": []}], {"x": []}), True),
        ("ArrayContains($a, $b)", ([], None), False),
        ("ArrayContains($a, $b)", ([1], True), False),
        ("ArrayRange($a, $b, $c)", (0, 9, 3), [0, 3, 6, 9]),
        ("ArrayRange($a, $b, $c)", (0, 10, 3), [0, 3, 6, 9]),
        ("ArrayRange($a, $b, $c)", (1, 9, 9), [1]),
        ("ArrayRange($a, $b, $c)", (9, 1, -4), [9, 5, 1]),
        ("ArrayGetItem($a, $b)", ([1, 2, 3], 1), 2),
        ("ArrayLength($a)", ([1, None],), 2),
        ("ArrayUnique($a)", ([2, True, 2, None, {"a": 1}, {"a": 1}],), [2, True, None, {"a": 1}]),
        ("StringSplit($a, $b)", (", , ,", ","), [" ", " "]),
        ("StringSplit($a, $b)", (",,", ","), []),
        ("StringSplit($a, $b)", ("This.is+a,test", ".+,="), ["This", "is", "a", "test"]),
        ("StringSplit($a, $b)", ("a]b^c", "]^"), ["a", "b", "c"]),
        ("JsonMerge($a, $b, false)", ({"a": {"x": 1}, "b": 2}, {"a": {}}), {"a": {}, "b": 2}),
        ("JsonToString($a)", ({"a": [1, "ü"]},), '{"a":[1,"ü"]}'),
        ("JsonToString($a)", ("x",), '"x"'),
        ("StringToJson($a)", ("",), None),
        ("StringToJson($a)", (" ",), None),
        ("StringToJson($a)", ("1.1",), 1.1),
        ("Base64Encode($a)", ("Data to encode",), "RGF0YSB0byBlbmNvZGU="),
        ("Base64Decode($a)", ("RGF0YSB0byBlbmNvZGU=",), "Data to encode"),
        ("Hash($a, $b)", ("input data", "MD5"), "812f45842bc6d66ee14572ce20db8e86"),
        ("Hash($a, $b)", ("input data", "SHA-1"), "aaff4a450a104cd177d28d18d74485e8cae074b7"),
    ],
)  # fmt: skip
def test_function_has_its_result(call: str, arguments: tuple[Any, ...], result: Any) -> None:
    found = called(f"States.{call}", *arguments)
    assert found == result
    assert type(found) is type(result)


@pytest.mark.parametrize(
    ("first", "second", "total"),
    [
        (-9, 3, -6),
        (1.49, 1.5, 3),
        (1.5, 1.51, 4),
        (-1.49, -1.5, -2),
        (-1.5, -1.51, -3),
        (2.5, 0, 3),
        (-0.5, 0.5, 1),
        (-2.5, 0, -2),
    ],
)
def test_numbers_are_rounded_before_they_are_added_and_a_half_goes_up(
    first: float, second: float, total: int
) -> None:
    assert called("States.MathAdd($a, $b)", first, second) == total


def test_random_number_is_from_the_start_to_before_the_end() -> None:
    assert {called("States.MathRandom(1, 3)") for _ in range(50)} == {1, 2}


def test_random_number_of_a_seed_is_always_the_same() -> None:
    numbers = {called("States.MathRandom(0, 999, 3)") for _ in range(3)}
    assert len(numbers) == 1


def test_uuid_is_a_random_one() -> None:
    first, second = called("States.Array(States.UUID(), States.UUID())")
    assert re.fullmatch(
        r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", first
    )
    assert first != second


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        ("ArrayLength('x')", 'An array is expected, but not "x"'),
        ("ArrayGetItem(States.Array(1), 1)", "The index 1 is outside"),
        ("ArrayGetItem(States.Array(1), -1)", "The index -1 is outside"),
        ("ArrayPartition(States.Array(1), 0)", "The chunk size must be a positive integer"),
        ("ArrayRange(0, 1, 0)", "The step must not be 0"),
        ("ArrayRange(1, 1001, 1)", "must not have more than 1000 items"),
        ("StringToJson('{')", "Invalid JSON"),
        ("JsonMerge($$, $$, true)", "Only shallow merges"),
        ("Base64Decode('!')", "Invalid Base64"),
        ("Hash('x', 'md5')", "The algorithm md5 is none of MD5"),
        ("MathAdd('1', 2)", 'A number is expected, but not "1"'),
        ("MathAdd(2147483647, 1)", "A number of 32 bits is expected"),
        ("MathRandom(3, 3)", "The start 3 must be less than the end 3"),
        ("Format('{} {}', 1)", "2 values are expected"),
    ],
)
def test_argument_that_does_not_fit_fails_the_function(call: str, reason: str) -> None:
    failed = failure(lambda: called(f"States.{call}"))
    assert failed.error == "States.IntrinsicFailure"
    named = f"The function 'States.{call}' had the following error: "
    assert str(failed.cause).startswith(named)
    assert reason in str(failed.cause)


def test_path_that_finds_nothing_is_named_with_the_whole_call() -> None:
    """Measured on AWS: floci-io/floci#2870."""
    call = "States.Format('{}', States.Format('{}', $.items[5]))"
    failed = failure(lambda: evaluate_call(call, scope({"items": [1]})))
    assert failed.error == "States.Runtime"
    assert failed.cause == (
        f"The function '{call}' had the following error: The JsonPath argument for the field "
        "'$.items[5]' could not be found in the input '{\"items\":[1]}'"
    )
