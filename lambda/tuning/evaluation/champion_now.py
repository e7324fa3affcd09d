"""How good the champion is on the test channel as it lies now."""

from __future__ import annotations

from tuning.evaluation.champion_failure import lasting_reason
from tuning.evaluation.held_out_data import HeldOutData, ObjectReader
from tuning.evaluation.rule import Rule
from tuning.evaluation.scored import Scored
from tuning.failure.error_cause import told
from tuning.variables.plan import Plan
from tuning.variables.score import Score


def score_now(plan: Plan, score: Score, reader: ObjectReader) -> float | None:
    """By the metric that decides; None for a champion that can never score these rows.

    Raises EvaluationFailed for a reason that passes, such as throttling.
    """
    assert plan.evaluation is not None, "a champion is scored only when there is a test channel"
    if score.failure is not None:
        lasting_reason(told(score.failure, plan.secrets))
        return None
    rule = Rule.of(plan.evaluation, plan.promotion)
    data = HeldOutData.read(plan.evaluation, reader)
    data.check_unchanged_since(score.since)
    try:
        predictions = data.predictions(score.transform_output, reader)
        scored = Scored.of(score.model_name, predictions, data.labels, rule, data.queries)
        return scored.by(rule)
    except ValueError:
        return None
