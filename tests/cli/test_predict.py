"""Rows on their way to the endpoint, and its answers on their way back."""

import json
from pathlib import Path

import pytest

from retune.endpoints import endpoint
from retune.endpoints.predictions import Predicted, Prediction, write_predictions
from retune.errors import InputError
from retune.tables.encoded_table import TableFile
from retune.tables.feature_rows import (
    CSV,
    LIBSVM,
    FeatureRows,
    read_features,
    read_rows,
    split_label,
)
from retune.tables.json_rows import read_json_rows


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


def features(path: Path, text: str, label: str | None = None, width: int | None = 3) -> FeatureRows:
    file = path / "rows"
    file.write_text(text)
    return read_features([TableFile("rows", file)], label, width)


def test_row_of_another_width_than_the_models_is_refused_and_no_cell_shown(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Row 2 has 2 columns, and the model that") as told:
        features(tmp_path, "1,2,3\n77,88\n")
    assert "77" not in str(told.value)
    assert "--label-column" not in str(told.value)
    assert features(tmp_path, "1,2\n", width=None).rows == ["1,2"]


def test_row_with_one_more_may_have_a_label(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--label-column 0 takes off a label"):
        features(tmp_path, "1,2,3,4\n")
    assert features(tmp_path, "1,2,3,4\n", "0") == FeatureRows(CSV, ["2,3,4"], ["1"])


JSON = {
    "a list of rows": "[[1, null, 2.5], [4, 5, 6]]",
    "a row a line": "[1, null, 2.5]\n[4, 5, 6]\n",
    "Linear Learner's": '{"instances": [{"features": [1, null, 2.5]}, {"features": [4, 5, 6]}]}',
    "Linear Learner's lines": '{"features": [1, null, 2.5]}\n{"features": [4, 5, 6]}\n',
}


@pytest.mark.parametrize("text", JSON.values(), ids=JSON.keys())
def test_lists_of_json_are_rows_of_features(tmp_path: Path, text: str) -> None:
    assert features(tmp_path, text) == FeatureRows(CSV, ["1,,2.5", "4,5,6"], ["", ""])


def test_one_list_is_one_row(tmp_path: Path) -> None:
    assert features(tmp_path, "[1, 2, 3]").rows == ["1,2,3"]


def test_line_of_json_ends_at_a_line_feed_alone(tmp_path: Path) -> None:
    """A text may hold what Unicode counts as the end of a line."""
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"town": "a\u2028b"}\n{"town": "c\x85"}\n', encoding="utf-8")
    assert read_json_rows("rows", rows) == [{"town": "a\u2028b"}, {"town": "c\x85"}]


WRONG = {
    '{"age": 30}': "rows has rows by column, which only models take",
    "[[1, 2, 3], {}]": "rows, row 2, must be a list as all rows are",
    '[["ancient", 2, 3]]': "rows, row 1, has a feature that is no number",
    "[1, 2": "rows, line 1, character 6, is no JSON",
    "[]": "rows holds no row",
    "1:a 2:3\nx:1\n": "Row 2 is no libsvm",
    "1 0:1 3:2": "Row 1 has an index above 2",
}


@pytest.mark.parametrize("text", WRONG)
def test_rows_that_cannot_be_meant_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError) as told:
        features(tmp_path, text)
    assert WRONG[text] in str(told.value)
    assert "ancient" not in str(told.value)


@pytest.mark.parametrize(
    ("text", "labels"),
    [("1 qid:7 0:1.5 2:3\n0 1:2\n", ["1", "0"]), ("0:1.5 2:3\n1:2\n", ["", ""])],
    ids=["with labels", "without"],
)
def test_libsvm_is_sent_as_it_is_but_for_label_and_query(
    tmp_path: Path, text: str, labels: list[str]
) -> None:
    assert features(tmp_path, text) == FeatureRows(LIBSVM, ["0:1.5 2:3", "1:2"], labels)


def test_predictions_are_objects_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """A class that looks like a number stays the text that the table has."""
    named = Prediction("1", ["0", "0.75", "0.25"], ["predicted", "0", "1"])
    answered = [Prediction(None, ["0.5"]), Prediction("7", ["0.1", "0.9"])]
    write_predictions([named, *answered], Predicted.JSON)
    assert json.loads(capsys.readouterr().out) == [
        {"actual": "1", "predicted": "0", "0": 0.75, "1": 0.25},
        {"predicted": 0.5},
        {"actual": "7", "predicted": [0.1, 0.9]},
    ]
