"""`retune report`: what it refuses, each in a line. What it makes is in test_export.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest

from retune.aws import Aws
from retune.errors import InputError
from retune.trials.made_report import check_comparable
from retune.trials.tuning_jobs import described_tuning_job
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


@pytest.mark.parametrize("name", ["my_run", "a.b", "a/b", "a\nb", "", "x" * 33])
def test_what_can_be_no_tuning_jobs_name_is_not_asked_for(name: str) -> None:
    """SageMaker would refuse to tell, and an execution may be called so."""
    assert described_tuning_job(cast(Aws, None), name) is None


def test_name_that_nobody_knows_is_told(empty_aws: Run) -> None:
    ended = empty_aws("report", "nobody-knows")
    assert ended.exit_code == 3
    assert "not-there" in ended.output
