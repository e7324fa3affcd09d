"""`retune report`: what it refuses, each in a line. What it makes is in test_export.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from retune.errors import InputError
from retune.trials.made_report import check_comparable
from tests.tuning.searches import described

Run = Callable[..., Any]


def test_browser_needs_a_file(retune: Run) -> None:
    ended = retune("report", "--output", "-", "--open")
    assert ended.exit_code == 2
    assert "--open needs a file" in ended.output


def test_one_report_is_of_tuning_jobs_with_the_same_objective() -> None:
    one = replace(described(), name="one")
    config = {"HyperParameterTuningJobObjective": {"Type": "Minimize", "MetricName": "rmse"}}
    other = replace(described(config=config), name="other")
    check_comparable([one, one])
    with pytest.raises(InputError, match="other has the objective Minimize rmse, one Maximize"):
        check_comparable([one, other])


def test_name_that_nobody_knows_is_told(empty_aws: Run) -> None:
    ended = empty_aws("report", "nobody-knows")
    assert ended.exit_code == 3
    assert "not-there" in ended.output
