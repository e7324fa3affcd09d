"""By which metric models are compared, and what a candidate must reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tuning.evaluation.metric_names import metrics_for
from tuning.execution_input.evaluation import DEFAULT_TOLERANCE, Promotion, Slice
from tuning.variables.evaluation_plan import EvaluationPlan


@dataclass(frozen=True)
class Rule:
    """What a candidate must reach; the plan's Evaluation and Promotion.

    `guardrails` are the tolerated falls of other metrics, as shares of the champion's values.
    """

    problem_type: str
    metric_name: str
    margin: float
    confidence: float
    guardrails: Mapping[str, float]
    slices: Sequence[Slice]  # groups of rows that must not lose
    unscored_champion: str  # Keep or Replace

    @classmethod
    def of(cls, evaluation: EvaluationPlan, promotion: Promotion) -> Rule:
        return cls(
            evaluation.problem_type,
            evaluation.metric_name,
            promotion.margin,
            promotion.confidence,
            _guardrails(evaluation) if promotion.guardrails is None else promotion.guardrails,
            promotion.slices or (),
            promotion.unscored_champion,
        )


def _guardrails(evaluation: EvaluationPlan) -> dict[str, float]:
    """Every other metric of the problem, when the input names none."""
    names = metrics_for(evaluation.problem_type, from_labels=False)
    return {name: DEFAULT_TOLERANCE for name in names if name != evaluation.metric_name}
