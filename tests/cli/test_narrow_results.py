"""`retune results` on a terminal: names are shortened, values never."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from tuning.trials.trials import Trial, TuningJob

from retune.errors import InputError
from retune.output.fitted_columns import Column, bands, shortened
from retune.output.terminal import Terminal, styled
from retune.trials.narrow_results import narrow_results
from retune.trials.training_job_names import label, named, number
from tests.cli.test_progress import START, tuning_job
from tests.tuning.hostile_text import ALL, HOSTILE, commands

NAMES = (
    "alpha", "colsample_bylevel", "colsample_bytree", "eta", "gamma", "max_depth",
    "min_child_weight", "subsample",
)  # fmt: skip
VALUES = ("0.00002739", "0.6595", "0.3718", "0.1234", "2.941", "7", "0.1941", "0.8278")


def job_of(names: tuple[str, ...]) -> TuningJob:
    ranges = [{"Name": name, "MinValue": "0", "MaxValue": "1"} for name in names]
    job = tuning_job(best_training_job="retune-1-001-0a1b2c3d")
    config = {**job.config, "ParameterRanges": {"ContinuousParameterRanges": ranges}}
    return replace(job, config=config)


def trial(place: int, names: tuple[str, ...], **fields: Any) -> Trial:
    tuned = dict(zip(names, VALUES, strict=False))
    given = {"status": "Completed", "value": 0.79, **fields}
    name = f"retune-1-{place:03}-0a1b2c3d"
    return Trial(name=name, created=START, tuned_hyperparameters=tuned, **given)


def drawn(names: tuple[str, ...], trials: list[Trial], width: int) -> list[str]:
    written = io.StringIO()
    console = Terminal(file=written, width=width)
    for part in narrow_results(job_of(names), trials, width):
        console.print(styled(part) if isinstance(part, str) else part)
    return written.getvalue().splitlines()


def test_three_hyperparameters_stand_in_one_table_with_their_whole_names() -> None:
    lines = drawn(NAMES[3:6], [trial(1, NAMES[3:6]), trial(2, NAMES[3:6])], 80)
    head = next(line for line in lines if line.startswith("Job"))
    assert head.split() == ["Job", "Metric", "Time", "Status", "eta", "gamma", "max_depth"]
    assert sum(line.startswith("00") for line in lines) == 2


def test_eight_hyperparameters_are_continued_below_and_nothing_is_cut() -> None:
    lines = drawn(NAMES, [trial(1, NAMES), trial(2, NAMES)], 80)
    assert max(map(len, lines)) <= 80
    text = " ".join(lines)
    for value in VALUES:
        assert text.split().count(value) == 2
    assert sum(line.startswith("Job") for line in lines) == 2
    assert set(NAMES) <= set(text.split())


@pytest.mark.parametrize("width", [30, 40, 60, 100])
def test_no_value_is_cut_at_any_width(width: int) -> None:
    text = " ".join(drawn(NAMES, [trial(1, NAMES)], width)).split()
    assert [value for value in VALUES if value not in text] == []


def test_shortened_name_is_told_below() -> None:
    names = ("min_child_weight", "colsample_bytree", "colsample_bylevel")
    lines = drawn(names, [trial(1, names)], 64)
    meant = " ".join(lines[-2:])
    assert "…" in next(line for line in lines if line.startswith("Job"))
    assert " is min_child_weight" in meant


def test_names_that_are_alike_stay_apart() -> None:
    columns = [Column(name, ["1"]) for name in ("feature_a_x", "feature_b_x")]
    ((_, *both),) = bands([Column("Job", ["001"])], columns, 17)
    assert len({column.heading for column in both}) == 2


def test_beginning_and_end_of_a_name_are_left() -> None:
    assert shortened("colsample_bytree", 8) == "cols…ree"
    assert shortened("eta", 5) == "eta"


def test_best_is_marked_without_colour_too() -> None:
    lines = drawn(NAMES[:1], [trial(1, NAMES[:1]), trial(2, NAMES[:1])], 80)
    assert any(line.startswith("001*") for line in lines)
    assert any(line == "* the best: retune-1-001-0a1b2c3d" for line in lines)


def test_reason_of_failures_is_told_once_with_those_that_failed() -> None:
    failed = {"status": "Failed", "value": None, "failure_reason": "ClientError: labels"}
    trials = [trial(1, NAMES), trial(2, NAMES, **failed), trial(3, NAMES, **failed)]
    assert drawn(NAMES, trials, 80)[-1] == "Failed: ClientError: labels (002, 003)"


@pytest.mark.parametrize("text", [*HOSTILE.values(), ALL], ids=[*HOSTILE, "all"])
def test_names_values_and_reasons_of_strangers_are_shown_and_not_obeyed(text: str) -> None:
    failed = trial(1, (), status="Failed", failure_reason=text, definition_name=text)
    hostile = replace(failed, tuned_hyperparameters={text: text})
    lines = drawn((text, "eta"), [hostile], 80)
    assert commands("\n".join(lines)) == []


@pytest.mark.parametrize("given", ["retune-1-003-0a1b2c3d", "003-0a1b2c3d", "003", "3"])
def test_training_job_is_known_by_its_short_names(given: str) -> None:
    trials = [trial(place, ()) for place in (1, 3)]
    assert named(trials, "retune-1", given).name == "retune-1-003-0a1b2c3d"


def test_short_name_that_no_training_job_has_is_refused() -> None:
    with pytest.raises(InputError, match=r"retune-1 has no training job '7'.*retune results"):
        named([trial(1, ())], "retune-1", "7")


def test_name_that_amt_has_not_made_stays_whole() -> None:
    assert label("my-job-1", "retune-1") == number("my-job-1", "retune-1") == "my-job-1"
    assert number("retune-1-003-0a1b2c3d", "retune-1") == "003"
