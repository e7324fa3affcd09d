"""Reads what the transform jobs wrote and comes to the verdict."""

from __future__ import annotations

from typing import Protocol

from tuning.errors import EvaluationFailed
from tuning.evaluation.champion_failure import evaluation_failed, lasting_reason
from tuning.evaluation.held_out_data import HeldOutData, ObjectReader
from tuning.evaluation.rule import Rule
from tuning.evaluation.scored import Scored
from tuning.evaluation.slices import Sliced
from tuning.evaluation.verdict import Comparison
from tuning.variables.champion import Champion
from tuning.variables.judged_rows import RowSketch
from tuning.variables.plan import Plan
from tuning.variables.score import Score
from tuning.variables.verdict import ChampionScore, Proven, Unproven


class LookTaker(Protocol):
    """Counts how often rows have judged; tuning.aws.looks.Looks is one."""

    def take(self, rows: RowSketch, candidates: int) -> int: ...


def reach_verdict(
    plan: Plan,
    candidate: Score | None,
    champion: Champion | None,
    champion_score: Score | None,
    reader: ObjectReader,
    looks: LookTaker,
) -> Proven | Unproven:
    """The verdict on what the transform jobs have predicted; `champion` is None when none serves.

    `looks` are asked only when candidate and champion are about to be compared.

    Raises EvaluationFailed when there is no score to judge by.
    """
    if plan.imported is not None:
        return Unproven(decision="Promote", reason=plan.imported.why)
    if plan.evaluation is None:
        return unproven(plan.not_evaluated or "No model was scored.")
    if candidate is None:
        raise EvaluationFailed("The candidate has no score, although there is a test channel.")
    if candidate.failure is not None:
        raise evaluation_failed(candidate.failure, "candidate")
    rule = Rule.of(plan.evaluation, plan.promotion)
    data = HeldOutData.read(plan.evaluation, reader, {each.column for each in rule.slices})
    data.check_unchanged_since(candidate.since)
    scored = score_candidate(rule, data, candidate, reader)
    sliced = Sliced(rule.slices, data.labels, data.columns)
    version = data.data_version(reader)
    comparison = Comparison(rule, data.labels, version, scored, sliced, data.queries)
    if champion is None:
        return comparison.with_nothing()
    compared = _score_champion(comparison, data, champion, champion_score, reader)
    if isinstance(compared, Proven):
        return compared
    look = looks.take(data.sketch, plan.top_k)
    return comparison.with_scored(compared, champion.endpoint_config_name, look)


def unproven(reason: str) -> Unproven:
    """The verdict of a run without held-out data: as tuning found it."""
    caveat = f"{reason} The best of tuning is taken, not proven on data that tuning never saw."
    return Unproven(decision="Promote", reason=caveat)


def score_candidate(
    rule: Rule, data: HeldOutData, candidate: Score, reader: ObjectReader
) -> Scored:
    """Raises EvaluationFailed: without a candidate's score there is nothing to promote."""
    name = candidate.model_name
    try:
        predictions = data.predictions(candidate.transform_output, reader)
        return Scored.of(name, predictions, data.labels, rule, data.queries)
    except ValueError as error:
        raise EvaluationFailed(f"{name} cannot be scored on {data.place}: {error}.") from error


def _score_champion(
    comparison: Comparison,
    data: HeldOutData,
    champion: Champion,
    score: Score | None,
    reader: ObjectReader,
) -> Proven | Scored:
    """What the champion scored, or the verdict when it cannot be scored."""
    config, name = champion.endpoint_config_name, champion.model_name
    known = ChampionScore(endpoint_config_name=config, model_name=name)
    if name is None or score is None:
        return comparison.with_unscored(known, champion.unknown_because or "it was not scored")
    if score.failure is not None:
        return comparison.with_unscored(known, lasting_reason(score.failure))
    data.check_unchanged_since(score.since)
    try:
        predictions = data.predictions(score.transform_output, reader)
        return Scored.of(name, predictions, data.labels, comparison.rule, data.queries)
    except ValueError as error:
        return comparison.with_unscored(known, str(error))
