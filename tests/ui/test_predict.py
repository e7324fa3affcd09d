"""Asking an endpoint by a form: a field a column, or rows as text."""

from __future__ import annotations

from typing import Any

import pytest
from preparation.description import Boolean, Number, OneHot

from retune.errors import UnavailableError
from retune.ui.pages import predict
from tests.preparation.descriptions import description
from tests.tuning.hostile_text import ALL, HOSTILE, commands
from tests.ui.conftest import Page
from tests.ui.test_pages import Elements

TEXT = ALL.replace(HOSTILE["half a pair"], "")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The rows that reach the endpoint, of which each is answered 0.75."""
    rows: list[Any] = []

    def answer(aws: Any, name: str, given: list[str], content_type: str = "text/csv") -> list[str]:
        rows.append((content_type, given))
        return ["0.75"] * len(given)

    monkeypatch.setattr(predict, "predict", answer)
    monkeypatch.setattr(predict, "served_description", lambda aws, name: description())
    monkeypatch.setattr(predict, "served_width", lambda aws, stack, name: 2)
    return rows


def test_a_model_with_a_description_has_a_field_for_each_column(
    page: Page, asked: list[Any]
) -> None:
    form = page.get("predict/shop").text
    for words in ("age", "price", "member", "job", "city", "called", "DMY"):
        assert words in form
    assert '<option value="chef">' in form
    row = {"column-0": "41", "column-1": "1,5", "column-2": "yes", "column-3": "pilot"}
    shown = page.post("predict/shop", {**row, "column-4": "Bonn", "column-5": "24.12.2025"}).text
    assert asked == [("text/csv", ["41,1.5,1,0,0,2,12,3,nan"])]
    answer = shown[shown.index('id="answer"') :]
    assert [answer.index(word) for word in ("predicted", "no", "yes", "0.25", "0.75")]
    assert "Column &#39;job&#39; has an unseen value in 1 row" in shown
    assert 'value="pilot"' in shown  # what was given stays


def test_several_rows_are_given_as_a_table_with_a_header(page: Page, asked: list[Any]) -> None:
    header = "age,price,member,job,city,called\r\n"
    page.post("predict/shop", {"rows": f'{header}41,"1,5",no,chef,Köln,\r\n,,,,,\r\n'})
    assert asked == [("text/csv", ["41,1.5,0,0,1,1,,,nan", ",,,0,0,,,,nan"])]


WRONG = {
    "another kind": ({"column-0": "old"}, "Column &#39;age&#39; has a cell that is no number"),
    "no table": ({"rows": "age,job\n41,chef\n"}, "lacks what the model was trained with"),
    "too many": ({"rows": "age,price,member,job,city,called\n" + ",,,,,\n" * 1001}, "1001 rows"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_encoded_is_said_above_the_form(
    page: Page, asked: list[Any], case: str
) -> None:
    given, words = WRONG[case]
    shown = page.post("predict/shop", given)
    assert (shown.status, asked) == (200, [])
    assert words in shown.text
    assert 'name="rows"' in shown.text


def test_rows_of_features_are_of_the_width_of_the_model(
    page: Page, asked: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(predict, "served_description", lambda aws, name: None)
    shown = page.post("predict/shop", {"rows": "1,2\r\n3,4\r\n"}).text
    assert asked == [("text/csv", ["1,2", "3,4"])]
    assert shown.count("<td>0.75</td>") == 2
    refused = page.post("predict/shop", {"rows": "1,2,3"}).text
    assert "Row 1 has 3 columns" in refused
    assert len(asked) == 1


def test_an_endpoint_that_is_gone_is_said(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(aws: Any, name: str) -> None:
        raise UnavailableError("The description cannot be read.")

    monkeypatch.setattr(predict, "served_description", gone)
    answer = page.get("predict/shop")
    assert (answer.status, "The description cannot be read." in answer.text) == (503, True)


def test_names_and_values_of_columns_are_text_and_nothing_else(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = {}
    for text in (TEXT, "calm"):
        columns = (Number(text), OneHot(f"{text} 2", (text,)), Boolean(f"{text} 3", text, "no"))
        monkeypatch.setattr(
            predict, "served_description", lambda aws, name, c=columns: description(*c)
        )
        shown[text] = page.post("predict/shop", {"column-0": text}).text
    assert Elements(shown[TEXT]).names == Elements(shown["calm"]).names
    assert commands(shown[TEXT]) == []
