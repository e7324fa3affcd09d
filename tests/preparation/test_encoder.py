"""The encoder that clients carry: raw rows become features, in a program of its own as well."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from preparation import encoder
from preparation.description import Boolean, Column, Date, Number, OneHot, Ranked
from preparation.encoder import Encoder

from tests.preparation.descriptions import description

SECRET = "4711x"
A, B = ("a", "b")
ALL = ("year", "month", "day", "weekday", "hour")

ENCODED: list[tuple[Column, object, list[float | None]]] = [
    (Number(A), "1.5", [1.5]),
    (Number(A), " -1e3\n", [-1000]),
    (Number(A), ".5", [0.5]),
    (Number(A), "$1,234.50", [1234.5]),
    (Number(A), "-12 %", [-12]),
    (Number(A), 7, [7]),
    (Number(A), 1e-05, [1e-05]),
    (Number(A), float("nan"), [None]),
    (Number(A), " NA ", [None]),
    (Number(A), None, [None]),
    (Number(A, ","), "0,125", [0.125]),
    (Number(A, ","), "1.234,5 €", [1234.5]),
    (Boolean(A, "yes", "no"), "YES", [1]),
    (Boolean(A, "true", "false"), False, [0]),
    (Boolean(A, "yes", "no"), "", [None]),
    (OneHot(A, ("b", "c")), " c ", [0, 1]),
    (OneHot(A, ("b", "c")), "d", [0, 0]),
    (OneHot(A, ("b", "c")), "na", [0, 0]),
    (OneHot(A, ("1", "2")), 1, [1, 0]),
    (Ranked(A, ("b", "c")), "b", [1]),
    (Ranked(A, ("b", "c")), "d", [3]),
    (Ranked(A, ("b", "c")), None, [None]),
    (Date(A, "YMD", ALL), "2024-02-29", [2024, 2, 29, 4, None]),
    (Date(A, "YMD", ALL), "2024-02-29T23:59:01.5+02:00", [2024, 2, 29, 4, 23]),
    (Date(A, "YMD", ("day", "hour")), datetime(2024, 2, 29, 7), [29, 7]),
    (Date(A, "YMD", ("weekday",)), date(2024, 3, 3), [7]),
    (Date(A, "DMY", ("year", "month", "day")), "1.2.24", [2024, 2, 1]),
    (Date(A, "MDY", ("year", "month", "day")), "1/2/1999 5:00", [1999, 1, 2]),
    (Date(A, "MDY", ("year", "month")), "", [None, None]),
    (Date(A, "DMY", ("year", "month", "day")), "05-Jan-19", [2019, 1, 5]),
    (Date(A, "MDY", ("month", "hour")), "September 9, 2024 12:30 AM", [9, 0]),
    (Date(A, "MDY", ("day", "hour")), "9/10/2024 03:00:00 pm", [10, 15]),
]  # fmt: skip


@pytest.mark.parametrize(("column", "cell", "features"), ENCODED, ids=str)
def test_a_cell_becomes_features(
    column: Column, cell: object, features: list[float | None]
) -> None:
    assert Encoder(description(column).to_document()).encode({A: cell, B: 1}) == features


REFUSED: list[tuple[Column, object, str]] = [
    (Number(A), SECRET, "has a cell that is no number"),
    (Number(A), "04711", "has a cell that is no number"),
    (Number(A), "4711,5", "has a cell that is no number"),
    (Number(A), float("inf"), "has a cell that is no number"),
    (Number(A), "4711e99", "has a number that is larger than 32 bits hold"),
    (Number(A), [4711], "has a cell that is no text, number, truth value or date"),
    (Boolean(A, "yes", "no"), SECRET, "has a cell that is neither yes nor no"),
    (Date(A, "YMD", ALL), "4711-02-30", "has a cell that is no date in the order YMD"),
    (Date(A, "DMY", ALL), "1.13.4711", "has a cell that is no date in the order DMY"),
]


@pytest.mark.parametrize(("column", "cell", "rule"), REFUSED, ids=[r[2] for r in REFUSED])
def test_a_cell_of_another_kind_is_refused_and_not_shown(
    column: Column, cell: object, rule: str
) -> None:
    with pytest.raises(ValueError, match=r"^Column 'a' ") as refused:
        Encoder(description(column).to_document()).encode({A: cell})
    assert rule in str(refused.value)
    assert "4711" not in str(refused.value)


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match="The row has no column 'a'"):
        Encoder(description(Number(A)).to_document()).encode({B: 1})


def test_unseen_values_are_counted_by_column_and_missing_ones_are_not() -> None:
    made = Encoder(description(OneHot(A, ("x",)), Ranked(B, ("y",))).to_document())
    for cell in ("x", "z", None):
        made.encode({A: cell, B: "y"})
    assert made.unseen == {A: 1}


def test_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="has version 2, and this encoder reads version 1"):
        Encoder({**description().to_document(), "version": 2})


RAW = """id;called;age;price;member;job;city
1;24.12.2024 08:30;41;"9,5";yes;chef;Köln

2;;NA;;no;baker;Ulm
"""


def encode(folder: Path, raw: str) -> subprocess.CompletedProcess[bytes]:
    """Runs the encoder in a folder that holds nothing else of ours."""
    (folder / "encoder.py").write_bytes(Path(encoder.__file__).read_bytes())
    (folder / "of_table.json").write_text(description().to_json(), encoding="utf-8")
    program = [sys.executable, "-I", "encoder.py", "of_table.json"]
    return subprocess.run(program, cwd=folder, input=raw.encode(), capture_output=True, check=False)


def test_it_is_a_program_that_needs_no_other_file(tmp_path: Path) -> None:
    ended = encode(tmp_path, "\ufeff" + RAW)
    assert ended.stdout.decode().splitlines() == ["41,9.5,1,0,1,1,12,2,8", ",,0,0,0,3,,,nan"]
    assert b"Column 'job' has an unseen value in 1 rows." in ended.stderr


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        (RAW + "3;;4711x;;;;\n", "Row 3: Column 'age' has a cell that is no number."),
        (RAW + "3;4711\n", "Row 3 has 2 cells, and the header 7."),
        ("id,age\n1,2\n", "Row 1: The row has no column 'price'."),
    ],
)
def test_the_program_refuses_a_row_by_its_number(tmp_path: Path, raw: str, rule: str) -> None:
    ended = encode(tmp_path, raw)
    assert ended.returncode == 1
    assert ended.stderr.decode().strip() == rule
