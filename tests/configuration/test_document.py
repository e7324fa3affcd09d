"""YAML is read as JSON means it; what could be read in several ways is refused with its line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configuration.document import MAX_BYTES, Document, read_file, read_text
from configuration.faults import ConfigurationError

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


def read(text: str) -> Document:
    return read_text(text, "models/bank.yaml", is_json=False)


def refusal(text: str) -> str:
    with pytest.raises(ConfigurationError) as refused:
        read(text)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 3", 3),
        ("a: -0.5", -0.5),
        ("a: 1e3", 1000.0),
        ("a: '012'", "012"),
        ('a: "no"', "no"),
        ("a: 3.0-5", "3.0-5"),
        ("a: 2026-11-28", "2026-11-28"),
        ("a: s3://bucket/folder/", "s3://bucket/folder/"),
        ("a: true", True),
        ("a:", None),
        ("a: ~", None),
        ("a: |\n  two\n  lines\n", "two\nlines\n"),
        ('a: [1, {b: "2"}]', [1, {"b": "2"}]),
    ],
)
def test_plain_words_are_read_as_json_has_them(text: str, value: Any) -> None:
    assert read(text).value == {"a": value}
    assert type(read(text).value["a"]) is type(value)


AMBIGUOUS = (
    *("no", "Yes", "on", "OFF", "y", "N", "True", "NULL"),
    *("012", "0o7", "0x1F", "0b1", "1_000", "1:30", "12:30:45", "+1", ".5", "5.", ".inf", "-.INF"),
    *(".nan", "1e400"),
)


@pytest.mark.parametrize("word", AMBIGUOUS)
def test_words_that_programs_read_differently_are_refused(word: str) -> None:
    assert refusal(f"x: 1\na:\n  b: {word}\n").startswith(
        f"models/bank.yaml:3: a.b = {word!r}: YAML reads it in more than one way."
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: 1\na: 2", "2: a = 'given twice': Line 1 gives it too"),
        ("a: &x 1", "1: The file = '&x': Anchors are not read."),
        ("a: &x [1]\nb: [*x, *x]", "2: The file = '*x': Anchors are not read."),
        ("<<: {a: 1}", "'<<': The name of a field is a text. Write the members out."),
        ("a: !!python/object/apply:os.system [ls]", "Tags are not read."),
        ("a: !env X", "Tags are not read."),
        ("no: 1", "'no': The name of a field is a text. Put it in quotes."),
        ("5: 1", "'5': The name of a field is a text. Put it in quotes."),
        ("? [a]\n: 1", "The name of a field is a text."),
        ("a: 1\n---\nb: 2", "2: The file = 'a second document'"),
        ("a: " + "[" * 5000, "more than 32 levels"),
        ("a: 1\n\tb: 2", "2: It is not YAML"),
        ("a: 'x\n\nb: 1", "It is not YAML"),
        ("a: 1\nb: \x00", "2: It has a character that YAML does not know."),
        ("a: " + "x" * MAX_BYTES, "no execution input has"),
    ],
    ids=range(15),
)  # fmt: skip
def test_what_json_does_not_have_is_refused(text: str, words: str) -> None:
    assert words in refusal(text)


def test_all_faults_of_a_file_are_told_at_once() -> None:
    assert [line[:19] for line in refusal("a: no\nb: 012\nc: 1\nc: 2").splitlines()] == [
        "models/bank.yaml:1:",
        "models/bank.yaml:2:",
        "models/bank.yaml:4:",
    ]


def test_value_of_environment_is_in_no_refusal() -> None:
    assert "017" not in refusal("Environment:\n  DB_PASSWORD: 017")


def test_fields_know_their_lines() -> None:
    tags = "Tags:\n  - Key: a\n    Value: b\n"
    document = read(f"# why\n{tags}ParameterRanges:\n  eta: {{MinValue: 1}}\n")
    eta = "ParameterRanges.eta"
    fields = ("Tags.0.Value", f"{eta}.MinValue", f"{eta}.Scaling", "X")
    assert [document.line_of(field) for field in fields] == [4, 6, 6, 2]


@given(JSON)
def test_json_is_yaml_and_both_readers_read_the_same(value: Any) -> None:
    text = json.dumps({"a": value}, indent=1, ensure_ascii=False)
    assert read_text(text, "a.json", is_json=True).value == {"a": value}
    assert read(text).value == {"a": value}


def test_json_may_be_indented_with_tabs_and_its_fields_know_their_lines() -> None:
    document = read_text('{\n\t"a": {\n\t\t"b": "\\u00e9"\n\t}\n}', "a.json", is_json=True)
    assert document.value == {"a": {"b": "\u00e9"}}
    assert document.line_of("a.b") == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"a": 1,\n "a": 2}', "'a' stands twice"),
        ('{"a": NaN}', "NaN is no finite number"),
        ('{"a": 1e999}', "1e999 is no finite number"),
        ('{"a":\n 1,}', "a.json:2: It is not JSON"),
        ("[" * 100_000, "nested deeper"),
    ],
    ids=range(5),
)
def test_what_is_no_json_is_refused(text: str, words: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        read_text(text, "a.json", is_json=True)
    assert words in str(refused.value)


def test_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"a: 1\nb: \xff")
    with pytest.raises(ConfigurationError, match=r"a\.yaml:2: It is not UTF-8"):
        read_file(tmp_path / "a.yaml")
    with pytest.raises(ConfigurationError, match=r"none\.yaml:1: It cannot be read: No such file"):
        read_file(tmp_path / "none.yaml")
