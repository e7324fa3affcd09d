"""Reads what the transform jobs wrote and comes to the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuning.errors import EvaluationFailed
from tuning.evaluation.champion_failure import lasting_reason
from tuning.evaluation.held_out_data import HeldOutData, ObjectReader
from tuning.evaluation.rule import Rule
from tuning.evaluation.scored import Scored
from tuning.evaluation.verdict import Comparison
from tuning.variables.plan import Plan
from tuning.variables.verdict import ChampionScore, Proven, Unproven


def reach_verdict(
    plan: Plan,
    candidate: Mapping[str, str] | None,
    champion: Mapping[str, Any] | None,
    reader: ObjectReader,
) -> Proven | Unproven:
    """The verdict on the variables `candidate` and `champion` of an execution.

    Raises EvaluationFailed when there is no score to judge by.
    """
    if plan.evaluation is None or candidate is None:
        return unproven(plan.not_evaluated or "No model was scored.")
    rule = Rule.of(plan.evaluation, plan.promotion)
    data = HeldOutData.read(plan.evaluation, reader)
    data.check_unchanged_since(candidate["Since"])
    scored = score_candidate(rule, data, candidate, reader)
    comparison = Comparison(rule, data.labels, data.data_version(reader), scored)
    return _against_champion(comparison, data, champion, reader)


def unproven(reason: str) -> Unproven:
    """The verdict of a run without held-out data: as tuning found it."""
    caveat = f"{reason} The best of tuning is taken, not proven on data that tuning never saw."
    return Unproven(decision="Promote", reason=caveat)


def score_candidate(
    rule: Rule, data: HeldOutData, candidate: Mapping[str, str], reader: ObjectReader
) -> Scored:
    """Raises EvaluationFailed: without a candidate's score there is nothing to promote."""
    name = candidate["ModelName"]
    try:
        rows = data.predictions(candidate["TransformOutput"], reader)
        return Scored.of(name, rows, data.labels, rule)
    except ValueError as error:
        raise EvaluationFailed(f"{name} cannot be scored on {data.place}: {error}.") from error


def _against_champion(
    comparison: Comparison,
    data: HeldOutData,
    champion: Mapping[str, Any] | None,
    reader: ObjectReader,
) -> Proven:
    if champion is None:
        return comparison.with_nothing()
    known = ChampionScore.parse({key: value for key, value in champion.items() if key != "Failure"})
    if "Failure" in champion:
        return comparison.with_unscored(known, lasting_reason(champion["Failure"]))
    if known.model_name is None:
        failure = f"The endpoint configuration {known.endpoint_config_name} names no model"
        return comparison.with_unscored(known, failure)
    try:
        predictions = data.predictions(champion["TransformOutput"], reader)
        scored = Scored.of(known.model_name, predictions, data.labels, comparison.rule)
    except ValueError as error:
        return comparison.with_unscored(known, str(error))
    return comparison.with_scored(scored, known.endpoint_config_name)
