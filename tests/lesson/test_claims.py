"""What docs/lesson.md says of the model and the table is so; test_lesson.py has what it prints."""

from __future__ import annotations

import csv
import gzip
import json
import re
import shlex
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from examples.bank_marketing.demo import OPTIONS
from examples.bank_marketing.table import TABLE, fetch_table
from retune.cli import app
from tests.cli.conftest import NOWHERE
from tests.lesson.walk import LESSON, ROOT

TEXT = LESSON.read_text()
MODEL = yaml.safe_load((ROOT / "models" / "bank.yaml").read_text())
INPUTS = [shlex.split(line)[1] for line in re.findall(r"^echo .*", TEXT, re.MULTILINE)]


def test_search_space_and_budget_are_those_of_the_model() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    shown: dict[str, Any] = {}
    for block in blocks:
        shown |= yaml.safe_load(block)
    assert set(shown) == {"ParameterRanges", "Strategy", "ResourceLimits"}
    assert {name: MODEL[name] for name in shown} == shown


@pytest.mark.parametrize("text", INPUTS, ids=["retrain", "cold", "adapt"])
def test_every_input_can_be_laid_over_the_model(text: str) -> None:
    document = MODEL | json.loads(text.replace("$bucket", "retune-databucket-1a2b"))
    ended = CliRunner().invoke(app, ["check", "-"], input=json.dumps(document), env=NOWHERE)
    assert ended.exit_code == 0, ended.output


def test_the_table_is_prepared_as_the_demo_does_it() -> None:
    (line,) = re.findall(r"^retune prepare (.*) > runs/input.json$", TEXT, re.MULTILINE)
    assert shlex.split(line) == ["$table", "s3://$bucket/data/", *OPTIONS]


def test_what_is_told_of_the_table_is_so() -> None:
    fetch_table()
    with gzip.open(TABLE, "rt", newline="") as table:
        rows = list(csv.DictReader(table))
    assert f"{len(rows):,} calls" in TEXT
    nobody = sum(row["y"] == "no" for row in rows) / len(rows)
    assert f'"nobody buys" is {nobody:.0%}'.replace("%", " %") in " ".join(TEXT.split())
    ages = [int(row["age"]) for row in rows]
    mean = sum(ages) / len(ages)
    deviation = (sum((age - mean) ** 2 for age in ages) / len(ages)) ** 0.5
    assert f"errs by {deviation:.1f} years" in TEXT
