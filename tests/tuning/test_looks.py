"""The record of the rows that have judged, when executions write it at the same time."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.aws import objects
from tuning.aws.looks import Looks
from tuning.data.s3_location import S3Location
from tuning.errors import EvaluationFailed
from tuning.variables.judged_rows import RowSketch

from tests.tuning.account import Account

ROWS = RowSketch(rows=2, smallest=("0" * 12, "1" * 12))
OTHER_ROWS = RowSketch(rows=2, smallest=("2" * 12, "3" * 12))


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)


@pytest.fixture
def place(account: Account) -> S3Location:
    return S3Location(account.bucket, "endpoints/shop/looks.json")


def test_executions_count_one_after_the_other(place: S3Location) -> None:
    assert [Looks(place, name).take(ROWS, 2) for name in "abba"] == [2, 4, 4, 2]
    assert Looks(place, "c").take(OTHER_ROWS, 1) == 1


def test_no_look_is_lost_when_another_execution_writes_in_between(
    place: S3Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    rivals, real = iter("bc"), objects.read_with_etag

    def read_then_lose(location: S3Location) -> Any:
        found = real(location)
        if rival := next(rivals, None):
            monkeypatch.setattr(objects, "read_with_etag", real)
            Looks(place, rival).take(ROWS, 1)
            monkeypatch.setattr(objects, "read_with_etag", read_then_lose)
        return found

    monkeypatch.setattr(objects, "read_with_etag", read_then_lose)
    assert Looks(place, "a").take(ROWS, 1) == 3
    assert [Looks(place, name).take(ROWS, 1) for name in "abcd"] == [3, 1, 2, 4]


def test_an_execution_that_others_always_overtake_says_so(
    place: S3Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(objects, "replace_object", lambda *written: False)
    with pytest.raises(
        EvaluationFailed, match=r"endpoints/shop/looks\.json was written .* 20 times"
    ):
        Looks(place, "a").take(ROWS, 1)
