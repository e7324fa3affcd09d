"""JSONata as Step Functions evaluates it.

Recorded on AWS by LocalStack's suites intrinsic_functions, evaluate_jsonata and scenarios, or
measured there by others (floci-io/floci#2662, #2668, #2736, #2737).
"""

from __future__ import annotations

import re
import threading
from typing import Any

import pytest
from local_sagemaker.stepfunctions.queries import jsonata
from local_sagemaker.stepfunctions.queries.jsonata.syntax import parse
from local_sagemaker.stepfunctions.queries.reader import QuerySyntaxError
from local_sagemaker.stepfunctions.queries.scope import Scope

from tests.stepfunctions.queries.scopes import failure, scope

AWKWARD = 'a "quoted" \\ back\\slash\nnewline \' {% $x %} ü'


def evaluated(expression: str, given: Scope | None = None) -> Any:
    return jsonata.value(f"{{% {expression} %}}", given or scope({}), "Output/v")


def fault(expression: str) -> str:
    """What is said of the expression after its own name."""
    failed = failure(lambda: evaluated(expression))
    named = f"The JSONata expression '{expression}' specified for the field 'Output/v' "
    assert failed.error == "States.QueryEvaluationError"
    assert str(failed.cause).startswith(named)
    return str(failed.cause).removeprefix(named)


@pytest.mark.parametrize(
    ("text", "is_evaluated"),
    [("{% 1 %}", True), ("{%1%}", True), (" {% 1 %}", False), ("{% 1", False), ("{%}", False)],
)
def test_expression_is_a_text_from_its_first_to_its_last_character(
    text: str, is_evaluated: bool
) -> None:
    assert jsonata.is_expression(text) is is_evaluated


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("a[1,2)", 'Expected "]", got ","'),
        ("1 +", "Unexpected end of expression"),
        ("$match('a', /abc", "No terminating / in regular expression"),
        ("$/", "No terminating / in regular expression"),
        ("$match('a', /+/)", "Invalid regular expression"),
        ("[1!2]", 'Unknown operator: "!"'),
        ("λ($a)<n<n>>{$a}", "Type parameters can only be applied to functions and arrays"),
    ],
)
def test_expression_that_cannot_be_parsed_is_refused(expression: str, message: str) -> None:
    with pytest.raises(QuerySyntaxError, match=re.escape(message)):
        parse(expression)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("$states.input.text", AWKWARD),
        ("$states.input.nothing", None),
        ("$exists($states.input.nothing)", True),
        ("$exists($states.input.absent)", False),
        ("$states.input.list", [None, 1, {"a": None}]),
        ("$states.input.one", 1),
        ("$states.context.State.Name", "S"),
        ("$kept.text", AWKWARD),
        ("$null", None),
        ("$type($null)", "null"),
        ("6 / 4", 1.5),
        ("6 / 3", 2),
        ("5.5 % 2", 1.5),
        ("-7 % 4", -3),
        ("1 / 0", "Infinity"),
        ("-1 / 0", "-Infinity"),
        ("[1e308 * 10, {'a': 0 / 0}]", ["Infinity", {"a": "NaN"}]),
        ("$variable := 1", 1),
        (r'$contains("hello$world", /^hello\$/)', True),
        (r"$contains('hello$world', /^hello\ /)", False),
        ("$merge([$states.input.a, $states.input.b])", {"x": 1, "y": 2}),
        ("$min([$power(2, 6), 30])", 30),
        ("$substring('abc', 0, ?)(2)", "ab"),
    ],
)
def test_expression_has_its_value(expression: str, value: Any) -> None:
    given = {
        "text": AWKWARD,
        "nothing": None,
        "list": [None, 1, {"a": None}],
        "one": 1.0,
        "a": {"x": 1},
        "b": {"y": 2},
    }
    found = evaluated(expression, scope(given, kept={"text": AWKWARD}, null=None))
    assert found == value
    assert type(found) is type(value)


def test_result_and_error_output_are_there_where_they_are_given() -> None:
    result = scope({}).of(result={"a": 1})
    assert evaluated("$states.result.a", result) == 1
    error = scope({}).of(error_output={"Error": "E"})
    assert evaluated("$states.errorOutput.Error", error) == "E"
    assert evaluated("$exists($states.result)", error) is False


def test_value_is_a_copy() -> None:
    given = {"a": [1]}
    evaluated("$states.input", scope(given))["a"].append(2)
    assert given == {"a": [1]}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("$partition([1,2,3,4,5], 2)", [[1, 2], [3, 4], [5]]),
        ("$partition([1,2,3,4,5], 2.9)", [[1, 2], [3, 4], [5]]),
        ("$partition([1,2,3])", [[1, 2, 3]]),
        ("$partition([0], 4)", [[0]]),
        ("$range(0, 10, 3)", [0, 3, 6, 9]),
        ("$range(10, 0, -5)", [10, 5, 0]),
        ("$range(-1.7, 2, 1)", [-1, 0, 1, 2]),
        ("$range(1, 9, 9)", 1),
        ("$hash('Hello', 'MD5')", "8b1a9953c4611296a827abf8c47804d7"),
        ("$random(42)", 0.7275636800328681),
        ("$random(0.9)", 0.730967787376657),
        ("""$parse('{"b": 1, "a": [null]}')""", {"b": 1, "a": [None]}),
        ("$parse('1e2')", 100),
        ("$exists($parse('null'))", True),
        ("""$map(['{"a":1}', '{"a":2}'], $parse).a""", [1, 2]),
    ],
)
def test_function_of_step_functions_has_its_value(expression: str, value: Any) -> None:
    assert evaluated(expression) == value


def test_uuid_is_a_random_one() -> None:
    first, second = evaluated("[$uuid(), $uuid()]")
    assert re.fullmatch(
        r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", first
    )
    assert first != second


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("5890840712243076", "5890840712243076"),
        ("1e20", "100000000000000000000"),
        ("1e21", "1e+21"),
        ("1/3", "0.333333333333333"),
        ("0.1 + 0.2", "0.3"),
        ("1.5e-7", "1.5e-7"),
        ("0.000001", "0.000001"),
        ("null", "null"),
        ("{'a': ['ü', 0.1 + 0.2, null, true]}", '{"a":["ü",0.3,null,true]}'),
        ("[$sum]", '[""]'),
    ],
)
def test_value_is_written_as_javascript_does(expression: str, text: str) -> None:
    assert evaluated(f"$string({expression})") == text
    assert evaluated(f"'' & ({expression})") == text


def test_value_may_be_written_in_lines() -> None:
    assert evaluated("$string({'a': [1], 'b': {}}, true)") == (
        '{\n  "a": [\n    1\n  ],\n  "b": {}\n}'
    )


def test_equal_items_stay_in_their_order() -> None:
    by_price = "$sort($states.input, function($a, $b) { $a.p > $b.p }).n"
    items = [{"n": name, "p": price} for name, price in [("a", 2), ("b", 1), ("c", 2), ("d", 1)]]
    assert evaluated(by_price, scope(items)) == ["b", "d", "a", "c"]
    assert evaluated("$sort([3, 1, 2])") == [1, 2, 3]


@pytest.mark.parametrize(
    "expression",
    [
        "$none",
        "$states.input.none",
        "$partition([], 2)",
        "$partition([1], 0)",
        "$partition([1, 2], -0.5)",
        "$range(5, 1, 1)",
        "$range(1, 5)",
        "$range(1, 5, 0)",
        "$hash('Hello')",
        "$parse()",
    ],
)
def test_undefined_result_fails(expression: str) -> None:
    assert fault(expression) == "returned nothing (undefined)."


@pytest.mark.parametrize("expression", ["$fn := function($x){$x}", "[$sum]", "{'a': $sum}"])
def test_function_is_no_result(expression: str) -> None:
    assert fault(expression) == "returned an unsupported result type."


SIGNATURE = 'T0410: Argument {} of function "{}" does not match function signature'


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("$randomSeeded(1)", "T1006: Attempted to invoke a non-function"),
        ("$eval('1+1')", "T1006: Attempted to invoke a non-function"),
        ("$abs('x')", SIGNATURE.format(1, "abs")),
        ("$range(1)", SIGNATURE.format(2, "range")),
        ("$hash(4, 'MD5')", SIGNATURE.format(1, "hash")),
        ("$uuid('x')", SIGNATURE.format(1, "uuid")),
        ("$parse(null)", SIGNATURE.format(1, "parse")),
        ("$sum(['a'])", 'T0412: Argument 1 of function "sum" must be an array of "numbers"'),
        ("1 + {}", 'T2002: The right side of the "+" operator must evaluate to a number'),
        (
            "1 < 'a'",
            'T2009: The values 1 and "a" either side of operator "<" must be of the same data type',
        ),
        ("$sqrt(-1)", "D3060: The sqrt function cannot be applied to a negative number: -1"),
        ("$number('abc')", 'D3030: Unable to cast value to a number: "abc"'),
        (
            "$split('a', 'b', -1)",
            "D3020: Third argument of split function must evaluate to a positive number",
        ),
        (
            "$replace('a', '', 'b')",
            "D3010: Second argument of replace function cannot be an empty string",
        ),
        ("$partition([1, 2, 3], -1)", "D3137: Second argument must be zero or greater"),
        ("$error('no')", "D3137: no"),
        ("1 / 0 + 1", "D1001: Number out of range: Infinity"),
        ("$string(1 / 0)", "D3001: Attempting to invoke string function on Infinity or NaN"),
        ("$number('10e500')", 'D3030: Unable to cast value to a number: "10e500"'),
        (
            "$toMillis('2018-22', '[Y]-[D]')",
            "D3136: The date/time picture string is missing specifiers required to parse the "
            "timestamp",
        ),
    ],
)
def test_fault_is_told_with_its_code(expression: str, message: str) -> None:
    assert fault(expression) == f"threw an error during evaluation. {message}"


@pytest.mark.parametrize("text", ["", "x", "{} {}", '{"a":1,"a":2}', "1e400"])
def test_text_that_is_no_json_cannot_be_parsed(text: str) -> None:
    said = "threw an error during evaluation. D3137: Invalid JSON: "
    assert fault(f"$parse('{text}')").startswith(said)


@pytest.mark.parametrize("name", ["md5", "SHA3-256"])
def test_hash_knows_its_algorithms_by_their_exact_names(name: str) -> None:
    said = "threw an error during evaluation. D3137: "
    assert fault(f"$hash('Hello', '{name}')").startswith(said)


RECURSION = "($f := function($x){ $x <= 0 ? 0 : 1 + $f($x-1) }; $f({}))"


def test_expression_may_be_as_deep_as_on_aws() -> None:
    assert evaluated("1" + "+1" * 99) == 100
    assert evaluated("(" * 99 + "1" + ")" * 99) == 1
    assert evaluated(RECURSION.replace("{}", "31")) == 31


@pytest.mark.parametrize(
    "expression", ["1" + "+1" * 100, "(" * 100 + "1" + ")" * 100, RECURSION.replace("{}", "32")]
)
def test_deeper_expression_fails(expression: str) -> None:
    assert fault(expression) == (
        "threw an error during evaluation: Stack overflow error: Check for non-terminating "
        "recursive function. Consider rewriting as tail-recursive"
    )


def test_endless_expression_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonata.evaluation, "MOST_MILLISECONDS", 50)
    assert fault("($f := function($x){ $f($x+1) }; $f(1))") == (
        "threw an error during evaluation: Expression evaluation timeout: Check for infinite loop"
    )


def test_range_is_as_long_as_memory_on_aws_lets_it_be() -> None:
    assert evaluated("$count($range(1, 360145, 1))") == 360145
    assert fault("$range(1, 360146, 1)") == (
        "threw an error during evaluation: Expression evaluation memory limit exceeded: Check for "
        "excessive memory usage"
    )


@pytest.mark.parametrize(
    ("expression", "kind", "written"),
    [
        ("1", "number", "1"),
        ("'string'", "string", '"string"'),
        ("true", "boolean", "true"),
        ("{'foo': 'bar'}", "object", '{"foo":"bar"}'),
        ("null", "null", "null"),
    ],
)
def test_result_of_another_type_than_the_field_has_fails(
    expression: str, kind: str, written: str
) -> None:
    failed = failure(
        lambda: jsonata.typed_value(f"{{% {expression} %}}", scope({}), "Items", "array")
    )
    assert failed.cause == (
        f"The JSONata expression '{expression}' specified for the field 'Items' returned an "
        f"unexpected result type. Expected 'array', but was '{kind}' for value: {written}"
    )
    assert failed.details == {"location": "Items", "state": "S"}


def test_threads_evaluate_the_same_expression_side_by_side() -> None:
    """Partly applied functions are parsed anew, and a parser is for one thread alone."""
    expression = "$join($map($states.input.list, $string)) & $substring('abcdef', 0, ?)(2)"
    wrong: list[str] = []

    def work(number: int) -> None:
        numbers = list(range(number, number + 5))
        for _ in range(20):
            found = evaluated(expression, scope({"list": numbers}))
            if found != "".join(map(str, numbers)) + "ab":
                wrong.append(found)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
