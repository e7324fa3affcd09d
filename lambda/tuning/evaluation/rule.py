"""By which metric models are compared, and what a candidate must reach."""

from __future__ import annotations

from dataclasses import dataclass

from tuning.evaluation.metric_names import METRICS
from tuning.execution_input.evaluation import Promotion
from tuning.variables.evaluation_plan import EvaluationPlan


@dataclass(frozen=True)
class Rule:
    """What a candidate must reach; the plan's Evaluation and Promotion."""

    problem_type: str
    metric_name: str
    margin: float = 0.0
    confidence: float | None = None
    unscored_champion: str = "Keep"  # or Replace

    @classmethod
    def of(cls, evaluation: EvaluationPlan, promotion: Promotion) -> Rule:
        return cls(
            evaluation.problem_type,
            evaluation.metric_name,
            promotion.margin,
            promotion.confidence,
            promotion.unscored_champion,
        )

    @property
    def sign(self) -> int:
        return 1 if METRICS[self.metric_name].type == "Maximize" else -1
