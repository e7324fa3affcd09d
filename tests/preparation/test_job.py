"""The program of the processing job: from a table to channels, or one sentence why not."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from preparation.description import FILE_NAME, Description
from preparation.job import main

from stacks.preparation_program import program_path

REQUEST: dict[str, Any] = {
    "label": "bought",
    "task": None,
    "positive": None,
    "drop": [],
    "text": [],
    "dates": {},
    "missing": [],
    "split": {"by": "row", "column": None, "test": 0.2, "validation": 0.2, "salt": ""},
}


def rows(*towns: str, label: tuple[str, ...] = ("yes", "no")) -> str:
    lines = [
        f"{n % 50},{towns[n % len(towns)]},{label[n * 7 % 5 % len(label)]}" for n in range(300)
    ]
    return "\n".join(["age,town,bought", *lines]) + "\n"


def layout(folder: Path, table: str, *, kept: str | None = None) -> list[str]:
    """Lays out the job's folders; the arguments."""
    (folder / "program").mkdir(parents=True)
    (folder / "table").mkdir()
    (folder / "output").mkdir()
    (folder / "program" / "request.json").write_text(json.dumps(REQUEST))
    (folder / "table" / "part-0.csv").write_text(table)
    (folder / "table" / "_SUCCESS").write_text("")
    if kept is not None:
        (folder / "program" / "kept.json").write_text(kept)
    names = ("program", "table", "output", "work")
    given = [word for name in names for word in (f"--{name}", str(folder / name))]
    return [*given, "--message", str(folder / "message")]


def prepared(folder: Path, table: str, kept: str | None = None) -> tuple[int, str]:
    """The exit code and the message, which is empty without one."""
    code = main(layout(folder, table, kept=kept))
    message = folder / "message"
    return code, message.read_text() if message.exists() else ""


def description(folder: Path) -> str:
    return (folder / "output" / FILE_NAME).read_text()


def test_channels_description_encoder_and_warnings_lie_in_the_output(tmp_path: Path) -> None:
    assert prepared(tmp_path, rows("Ulm", "Bonn")) == (0, "")
    names = {path.name for path in (tmp_path / "output").iterdir()}
    assert names == {
        "train", "validation", "test", FILE_NAME, "encoder.py", "warnings.json"
    }  # fmt: skip
    assert isinstance(json.loads((tmp_path / "output" / "warnings.json").read_text()), list)
    assert Description.from_json(description(tmp_path)).sources == ("part-0.csv",)


def test_message_speaks_of_the_fields_of_the_execution_input(tmp_path: Path) -> None:
    code, message = prepared(tmp_path, "age,town\n1,Ulm\n")
    assert code == 1
    assert message.startswith("Prepare.Label 'bought': part-0.csv has no such column.")


def test_archive_that_is_deployed_does_the_same(tmp_path: Path) -> None:
    """As Python runs it: this one has DuckDB itself, since the archive's is for another."""
    given = layout(tmp_path, rows("Ulm", "Bonn"))
    run = subprocess.run(
        [sys.executable, program_path(), *given], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "output" / "encoder.py").exists()


def test_columns_stay_encoded_as_what_serves_has_them(tmp_path: Path) -> None:
    """A new town is as good as unseen, and one that is gone keeps its feature."""
    assert prepared(tmp_path / "a", rows("Ulm", "Bonn"))[0] == 0
    first = description(tmp_path / "a")
    assert prepared(tmp_path / "b", rows("Ulm", "Kiel", "Jena"), first) == (0, "")
    second = description(tmp_path / "b")
    of = [Description.from_json(text) for text in (first, second)]
    assert of[0].features == of[1].features == ["age", "town=Bonn", "town=Ulm"]
    assert of[0].label == of[1].label


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (rows("Ulm", "Bonn").replace("town", "city"), "Column 'town': the table has none"),
        (re.sub(r"\n(\d+)", r"\nof \1", rows("Ulm")), "Column 'age': other cells than"),
        (rows("Ulm", label=("yes", "no", "maybe")), "Prepare.Label 'bought' is for multiclass"),
        (rows("Ulm", label=("yes", "never")), "Prepare.Label 'bought' has 1 values that it had"),
    ],
    ids=["column gone", "no number", "other task", "other class"],
)
def test_table_that_does_not_fit_what_serves_is_refused(
    tmp_path: Path, table: str, words: str
) -> None:
    assert prepared(tmp_path / "a", rows("Ulm", "Bonn"))[0] == 0
    code, message = prepared(tmp_path / "b", table, description(tmp_path / "a"))
    assert code == 1
    assert words in message
    assert "let Endpoint.InterfaceMayChange learn its columns anew" in message
