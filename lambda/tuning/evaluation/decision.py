"""Reads what the transform jobs wrote and comes to the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuning.errors import EvaluationFailed
from tuning.evaluation.champion_failure import lasting_reason
from tuning.evaluation.held_out_data import HeldOutData, ObjectReader
from tuning.evaluation.verdict import PROMOTE, Rule, Scored, compare, first_model, unscored
from tuning.variables.plan import Plan

Document = dict[str, Any]


def reach_verdict(
    plan: Plan,
    candidate: Mapping[str, str] | None,
    champion: Mapping[str, Any] | None,
    reader: ObjectReader,
) -> Document:
    """The verdict on the variables `candidate` and `champion` of an execution.

    Raises EvaluationFailed when there is no score to judge by.
    """
    if plan.evaluation is None or candidate is None:
        return unproven(plan.not_evaluated or "No model was scored.")
    rule = Rule.of(plan.evaluation, plan.promotion)
    data = HeldOutData.read(plan.evaluation, reader)
    data.check_unchanged_since(candidate["Since"])
    scored = score_candidate(rule, data, candidate, reader)
    verdict = _against_champion(rule, data, scored, champion, reader)
    return {**verdict, "DataVersion": data.data_version(reader)}


def unproven(reason: str) -> Document:
    """The verdict of a run without held-out data: as tuning found it."""
    told = f"{reason} The best of tuning is taken, not proven on data that tuning never saw."
    return {"Decision": PROMOTE, "Reason": told, "HeldOut": False}


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
    rule: Rule,
    data: HeldOutData,
    candidate: Scored,
    champion: Mapping[str, Any] | None,
    reader: ObjectReader,
) -> Document:
    rows = len(data.labels)
    if champion is None:
        return first_model(rule, candidate, rows)
    known = {key: champion[key] for key in ("ModelName", "EndpointConfigName") if key in champion}
    if "Failure" in champion:
        return unscored(rule, candidate, rows, known, lasting_reason(champion["Failure"]))
    if "ModelName" not in champion:
        failure = f"The endpoint configuration {champion['EndpointConfigName']} names no model"
        return unscored(rule, candidate, rows, known, failure)
    try:
        predictions = data.predictions(champion["TransformOutput"], reader)
        scored = Scored.of(champion["ModelName"], predictions, data.labels, rule)
    except ValueError as error:
        return unscored(rule, candidate, rows, known, str(error))
    return compare(rule, data.labels, candidate, scored, champion["EndpointConfigName"])
