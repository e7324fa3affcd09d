"""Raw rows on their way to the endpoint: encoded as for training, or refused as a whole."""

from __future__ import annotations

import gzip
from pathlib import Path

import duckdb
import pytest
from preparation.description import Number, OneHot

from retune.errors import InputError
from retune.tables.encoded_table import EncodedTable, TableFile, encode_table
from tests.preparation.descriptions import description

DESCRIPTION = description(Number("age"), OneHot("job", ("admin", "chéf")))
TEXT = "id,job,age,bought,note\n1,chéf,30,yes,a\n2,pilot,,no,b\n"
ROWS = ["30,0,1", ",0,0"]


def encode(path: Path, label: str | None = None) -> EncodedTable:
    return encode_table([TableFile("new.csv", path)], DESCRIPTION, label)


def write(path: Path, content: str | bytes) -> Path:
    file = path / "rows"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("latin-1"),
        TEXT.replace(",", ";").encode(),
        TEXT.replace("\n", "\r\n").encode(),
        gzip.compress(TEXT.encode()),
        TEXT.replace("\n", "\n\n").encode(),
    ],
    ids=["plain", "mark", "latin-1", "semicolons", "windows", "gzip", "empty lines"],
)
def test_csv_is_read_as_it_was_for_preparation(tmp_path: Path, content: bytes) -> None:
    assert encode(write(tmp_path, content)).rows == ROWS


def test_so_is_parquet(tmp_path: Path) -> None:
    csv, file = write(tmp_path, TEXT), tmp_path / "rows.parquet"
    duckdb.sql(f"COPY (SELECT * FROM read_csv('{csv}', header = true)) TO '{file}'")
    assert encode(file).rows == ROWS


@pytest.mark.parametrize(
    "text",
    [
        '[{"job": "chéf", "age": 30, "bought": true}, {"job": "pilot", "bought": false}]',
        '{"job": "chéf", "age": "30", "bought": true}\n{"job": "pilot", "bought": false}\n',
    ],
    ids=["a list", "an object a line"],
)
def test_so_are_objects_of_json_which_may_leave_out_what_is_missing(
    tmp_path: Path, text: str
) -> None:
    encoded = encode(write(tmp_path, text), "bought")
    assert encoded.rows == ROWS
    assert encoded.labels == ["true", "false"]


def test_what_is_not_used_and_what_training_had_not_is_told(tmp_path: Path) -> None:
    """Columns that the description dropped are no news."""
    assert encode(write(tmp_path, TEXT), "bought").notes == [
        "Column 'note': not used.",
        "Column 'job' has an unseen value in 1 row: one that training had not.",
    ]
    assert encode(write(tmp_path, TEXT)).notes[0] == (
        "Column 'bought' is the label: --label-column bought shows it."
    )


@pytest.mark.parametrize("label", ["bought", "3"])
def test_label_is_found_by_its_name_or_its_number(tmp_path: Path, label: str) -> None:
    assert encode(write(tmp_path, TEXT), label).labels == ["yes", "no"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("job\nchef\n", "Column 'age': new.csv lacks what the model was trained with"),
        ("a,b\n1,2\n", "Columns 'age', 'job': new.csv lacks"),
        (
            "age,job\n30,chef\nold,chef\n",
            "new.csv, line 3: Column 'age' has a cell that is no",
        ),
        ('age,job\n30,"a\nb"\nold,chef\n', "new.csv, line 4: Column 'age'"),
        ("age,job\n30\n", "new.csv, line 2, has 1 columns, and the header 2"),
        ("age,job\n", "new.csv has no row below its header"),
        ("age,age,job\n1,2,chef\n", "more than one column 'age'"),
        ("", "new.csv is empty"),
    ],
)
def test_table_of_another_kind_is_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(InputError) as refused:
        encode(write(tmp_path, text))
    assert words in str(refused.value)
    assert "old" not in str(refused.value)


def test_label_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"--label-column 'sold': new\.csv has no such column"):
        encode(write(tmp_path, TEXT), "sold")


def test_rows_of_several_files_stand_one_after_the_other(tmp_path: Path) -> None:
    file = TableFile("new.csv", write(tmp_path, TEXT))
    assert encode_table([file, file], DESCRIPTION, None).rows == ROWS * 2
