"""A document that several executions change at the same moment."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tuning.aws import objects
from tuning.aws.shared_document import Document, Overtaken, change_document
from tuning.data.s3_location import S3Location

from tests.tuning.account import Account

KEY = "endpoints/shop/shared.json"
PLACE = S3Location("data-bucket", KEY)


@pytest.fixture(autouse=True)
def waits(account: Account, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long it waited each time."""
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    return waited


def named(name: str) -> Any:
    """A change that adds a name, and tells which are there then."""

    def add(document: Document) -> tuple[Document, list[str]]:
        names = [*document.get("Names", []), name]
        return {"Names": names}, names

    return add


def test_each_change_is_made_of_what_the_one_before_it_wrote(account: Account) -> None:
    assert change_document(PLACE, named("a")) == ["a"]
    assert change_document(PLACE, named("b")) == ["a", "b"]
    assert account.read(KEY) == {"Names": ["a", "b"]}


def test_a_change_that_another_overtakes_is_made_again_of_what_that_one_wrote(
    account: Account, waits: list[float]
) -> None:
    rivals = ["b", "c"]  # the first creates the document, the second replaces it

    def overtaken(document: Document) -> tuple[Document, list[str]]:
        if rivals:
            change_document(PLACE, named(rivals.pop(0)))
        changed: tuple[Document, list[str]] = named("a")(document)
        return changed

    assert change_document(PLACE, overtaken) == ["b", "c", "a"]
    assert len(waits) == 2
    assert account.read(KEY) == {"Names": ["b", "c", "a"]}


def test_a_change_is_made_again_when_the_document_was_deleted_meanwhile(account: Account) -> None:
    account.put(KEY, json.dumps({"Names": ["old"]}))
    gone: list[bool] = []

    def overtaken(document: Document) -> tuple[Document, list[str]]:
        if not gone:
            account.client("s3").delete_object(Bucket=PLACE.bucket, Key=KEY)
            gone.append(True)
        changed: tuple[Document, list[str]] = named("a")(document)
        return changed

    assert change_document(PLACE, overtaken) == ["a"]


def test_nothing_is_written_where_nothing_is_to_change(account: Account) -> None:
    assert change_document(PLACE, lambda document: (None, len(document))) == 0
    assert objects.read_if_there(PLACE) is None


def test_an_execution_that_is_always_overtaken_ends(
    waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(objects, "replace_object", lambda *written: False)
    with pytest.raises(Overtaken, match=r"endpoints/shop/shared\.json was written .* 20 times"):
        change_document(PLACE, named("a"))
    assert max(waits) <= 0.5
    assert len(set(waits)) > 1, "those who met would meet again"
