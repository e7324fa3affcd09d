"""ResultPath: where a result goes (states language, "ResultPath")."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.stepfunctions.queries.path import put

from tests.stepfunctions.queries.scopes import failure


@pytest.mark.parametrize(
    ("path", "document", "changed"),
    [
        ("$", {"a": 1}, "R"),
        ("$.b", {"a": 1}, {"a": 1, "b": "R"}),
        ("$.a", {"a": 1, "b": 2}, {"a": "R", "b": 2}),
        ("$.b.c.d", {"a": 1}, {"a": 1, "b": {"c": {"d": "R"}}}),
        ("$['b c']", {}, {"b c": "R"}),
        ("$.a[1]", {"a": [1, 2]}, {"a": [1, "R"]}),
        ("$.a[0].b", {"a": [{"c": 1}]}, {"a": [{"c": 1, "b": "R"}]}),
    ],
)
def test_result_is_put_into_the_document(path: str, document: Any, changed: Any) -> None:
    before = str(document)
    assert put(path, document, "R") == changed
    assert str(document) == before


@pytest.mark.parametrize(
    ("path", "document"),
    [
        ("$.a.b", {"a": "text"}),
        ("$.a.b", {"a": None}),
        ("$.a", [1]),
        ("$.a[2]", {"a": [1]}),
        ("$.a[0]", {}),
    ],
)
def test_what_is_in_the_way_fails(path: str, document: Any) -> None:
    failed = failure(lambda: put(path, document, "R"))
    assert failed.error == "States.ResultPathMatchFailure"
    assert str(failed.cause).startswith(f"Unable to apply Reference Path {path} to input ")
