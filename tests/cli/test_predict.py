"""Rows on their way to the endpoint."""

from pathlib import Path

import pytest

from retune import endpoint
from retune.encoded_table import TableFile
from retune.errors import InputError
from retune.feature_rows import read_rows, split_label


def test_label_is_taken_out_of_its_column() -> None:
    rows = ["1,2,3", "4,5,6"]
    assert split_label(rows, 0) == (["1", "4"], ["2,3", "5,6"])
    assert split_label(rows, 2) == (["3", "6"], ["1,2", "4,5"])


def test_rows_without_a_label_stay_as_they_are() -> None:
    assert split_label(["1,,3"], None) == ([""], ["1,,3"])


def test_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="row 2 has 2 columns"):
        split_label(["1,2,3", "1,2"], 2)


def test_a_header_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("age,balance\n30,100\n")
    with pytest.raises(InputError, match="'age', which is no number"):
        read_rows(TableFile("rows.csv", file))


def test_a_byte_order_mark_is_skipped(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("30,100\n", encoding="utf-8-sig")
    assert read_rows(TableFile("rows.csv", file)) == ["30,100"]


def test_empty_lines_are_no_rows(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("30,100\n\n31,,\n")
    assert read_rows(TableFile("rows.csv", file)) == ["30,100", "31,,"]
    file.write_text("\n")
    with pytest.raises(InputError, match="holds no row"):
        read_rows(TableFile("rows.csv", file))


def test_requests_stay_below_their_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "REQUEST_BYTES", 8)
    rows = ["1,2", "3,4", "5,6", "1,2,3,4,5,6,7", "8"]
    assert list(endpoint.batches(rows)) == [["1,2", "3,4"], ["5,6"], ["1,2,3,4,5,6,7"], ["8"]]
