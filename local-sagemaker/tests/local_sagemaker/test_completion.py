from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.sagemaker.tuning.completion import is_complete, not_improving


def test_gain_of_one_percent_or_less_is_no_improvement() -> None:
    assert not_improving([0.80, 0.805, 0.807], maximize=True) == 2
    assert not_improving([0.80, 0.805, 0.82], maximize=True) == 0


def test_minimizing_improves_downwards() -> None:
    assert not_improving([0.5, 0.4, 0.45, 0.6], maximize=False) == 2


@pytest.mark.parametrize(
    ("criteria", "values", "complete"),
    [
        ({}, [0.9], False),
        ({"TargetObjectiveMetricValue": 0.9}, [0.8, 0.9], True),
        ({"TargetObjectiveMetricValue": 0.9}, [0.8, 0.89], False),
        ({"TargetObjectiveMetricValue": 0.9}, [], False),
        (
            {"BestObjectiveNotImproving": {"MaxNumberOfTrainingJobsNotImproving": 3}},
            [0.9] * 4,
            True,
        ),
        (
            {"BestObjectiveNotImproving": {"MaxNumberOfTrainingJobsNotImproving": 3}},
            [0.9] * 3,
            False,
        ),
        ({"ConvergenceDetected": {"CompleteOnConvergence": "Enabled"}}, [0.9] * 11, True),
        ({"ConvergenceDetected": {"CompleteOnConvergence": "Disabled"}}, [0.9] * 11, False),
    ],
)
def test_any_met_criterion_completes(
    criteria: dict[str, Any], values: list[float], complete: bool
) -> None:
    assert is_complete(criteria, values, maximize=True) is complete
