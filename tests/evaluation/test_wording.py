"""What a verdict says must not contradict what it decides."""

from __future__ import annotations

import pytest
from tuning.evaluation.rule import Rule
from tuning.evaluation.wording import comparison, headline

from tests.tuning.plans import evaluated_plan

CHANNEL = "s3://bucket/data/test/"


def said(interval: tuple[float, float], margin: float = 0) -> str:
    plan = evaluated_plan(
        {"Promotion": {"Margin": margin}},
        problem_type="BinaryClassification",
        metric_name="AUC",
        test_channel=CHANNEL,
    )
    assert plan.evaluation is not None
    rule = Rule.of(plan.evaluation, plan.promotion)
    return headline(rule, 0.82, 0.81, interval, comparison(interval, margin))


def test_two_digits_of_the_intervals_width_are_shown() -> None:
    assert "between -0.004 and +0.019: no better than chance" in said((-0.0041, 0.0188))


@pytest.mark.parametrize(
    ("low", "margin", "shown"),
    [
        (-0.0003, 0.0, "between -0.0003 and +0.0210: no better than chance"),
        (0.0003, 0.0, "between +0.0003 and +0.0210: better, and not by chance"),
        (0.0098, 0.01, "between +0.0098 and +0.0210: not surely above the margin of 0.01"),
    ],
    ids=["just below", "just above", "just below a margin"],
)
def test_lower_bound_does_not_look_like_the_margin(low: float, margin: float, shown: str) -> None:
    assert shown in said((low, 0.021), margin)
