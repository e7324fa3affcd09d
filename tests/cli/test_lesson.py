"""docs/lesson.md: its search space, inputs and refusals are those of the model that it tunes.

That its commands exist is tested with those of all documents; what they do, in tests/end_to_end.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from examples.bank_marketing.demo import OPTIONS, TABLE, fetch_table

ROOT = Path(__file__).parents[2]
LESSON = (ROOT / "docs" / "lesson.md").read_text()
MODEL = (ROOT / "models" / "bank.yaml").read_text()

SEDS = re.findall(r"^sed '(s/.*)' models/bank.yaml \| retune check -", LESSON, re.MULTILINE)
REFUSALS = ("It needs bounds above 0, and MinValue is 0", "Use one of validation:auc")
WRITTEN = [shlex.split(line)[1] for line in re.findall(r"^echo .*", LESSON, re.MULTILINE)]
INPUTS = [*WRITTEN, *re.findall(r"`(\{[^`]*\})` as `--input`", LESSON)]

Run = Callable[..., Any]


def checked(retune: Run, document: str) -> tuple[int, str]:
    ended = retune("check", "-", stdin=document)
    return ended.exit_code, " ".join(ended.output.split())


def test_the_search_space_is_that_of_the_model() -> None:
    (block,) = re.findall(r"```yaml\n(.*?)```", LESSON, re.DOTALL)
    shown = yaml.safe_load(block)
    assert shown == {"ParameterRanges": yaml.safe_load(MODEL)["ParameterRanges"]}


def test_the_model_itself_is_no_fault(retune: Run) -> None:
    code, said = checked(retune, MODEL)
    assert code == 0, said


@pytest.mark.parametrize(
    ("sed", "said"),
    list(zip(SEDS, REFUSALS, strict=True)),
)
def test_what_the_lesson_breaks_is_refused_with_what_to_do(
    retune: Run, sed: str, said: str
) -> None:
    _, before, after, _ = sed.split("/")
    assert before in MODEL
    code, output = checked(retune, MODEL.replace(before, after))
    assert code == 2
    assert said in output


@pytest.mark.parametrize("text", INPUTS)
def test_every_input_can_be_laid_over_the_model(retune: Run, text: str) -> None:
    document = json.loads(text.replace("$bucket", "retune-databucket-1a2b"))
    code, said = checked(retune, json.dumps(yaml.safe_load(MODEL) | document))
    assert code == 0, said


def test_the_lesson_has_the_inputs_that_are_looked_for_here() -> None:
    assert len(INPUTS) == 3


def test_the_table_is_prepared_as_the_demo_does_it() -> None:
    (line,) = re.findall(r"^retune prepare (.*) > runs/input.json$", LESSON, re.MULTILINE)
    assert shlex.split(line) == [str(TABLE.relative_to(ROOT)), "runs/bank", *OPTIONS]


def test_share_of_those_who_do_not_buy_is_as_told() -> None:
    fetch_table()
    with gzip.open(TABLE, "rt", newline="") as table:
        labels = [row["y"] for row in csv.DictReader(table)]
    assert f"{len(labels):,} calls" in LESSON
    nobody = labels.count("no") / len(labels)
    assert f'"nobody\nbuys" is {nobody:.0%}'.replace("%", " %") in LESSON
