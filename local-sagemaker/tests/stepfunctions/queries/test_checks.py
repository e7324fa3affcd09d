"""What creation takes for a path, for a Reference Path, and for a call."""

from __future__ import annotations

import pytest
from local_sagemaker.stepfunctions.queries import check


@pytest.mark.parametrize(
    "path", ["$", "$$", "$.a[0]['b c']", "$$.Task.Token", "$variable.a", "$.a-b", "$.list.length()"]
)
def test_reference_path_leads_to_one_place(path: str) -> None:
    assert check.is_path(path)
    assert check.is_reference_path(path)


@pytest.mark.parametrize(
    "path",
    ["$.*", "$..a", "$[*]", "$[0:1]", "$[0,1]", "$['a','b']", "$.[?(@.a > 1)]", "$v[?(@.a)].b"],
)
def test_other_path_may_lead_to_many(path: str) -> None:
    assert check.is_path(path)
    assert not check.is_reference_path(path)


@pytest.mark.parametrize(
    "text",
    [
        *("", "a", "$1", "$.", "$..", "$.a b", "$.a[", "$[a]", "$[0:1:2]", "$['a", "$.a['b',"),
        *("$[?(@.a", "$[?(@.a ~ 1)]", "$[?(@.a == 00)]", "$[?(@.a =~ /*/)]"),
    ],
)
def test_other_text_is_no_path(text: str) -> None:
    assert not check.is_path(text)
    assert not check.is_reference_path(text)


@pytest.mark.parametrize(
    "text",
    [
        "$.a",
        "States.Array()",
        r"States.Format('\{\} {}, it\'s', $.a)",
        "States.StringToJson('{\"a\":1}')",
        "States.ArrayLength( $.[?(@.year <= 1998 && @.kind == ')')] )",
        "States.Array(1, -1.5, true, null, States.UUID())",
    ],
)
def test_dynamic_field_holds_a_path_or_a_call(text: str) -> None:
    assert check.is_dynamic(text)


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "States.Nope()",
        "States.UUID(1)",
        "States.MathAdd(1)",
        "States.Array(1",
        "States.Array(1) x",
        "States.Array(a)",
        "States.Array($.)",
        r"States.StringToJson('{\"text\": 1}')",
        r"States.Format('He said, \"Hello, {}!\"', 'Test')",
        "States.Array(" * 11 + ")" * 11,
    ],
)
def test_other_text_is_neither(text: str) -> None:
    """AWS refuses the escape of a double quote, as recorded."""
    assert not check.is_dynamic(text)


def test_functions_may_be_nested_ten_deep() -> None:
    assert check.is_dynamic("States.Array(" * 10 + ")" * 10)


def test_variables_that_a_template_reads_are_found() -> None:
    template = {
        "a.$": "$first.x",
        "b": [{"c.$": "States.Format('{}', $second, $.a, $$.b, States.Array($first))"}],
        "d": "$text",
    }
    assert check.template_variables(template) == ["first", "second"]
