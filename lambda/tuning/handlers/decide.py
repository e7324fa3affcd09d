"""Decide: scores candidate and champion on the test channel and comes to a verdict."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import objects
from tuning.aws.looks import Looks
from tuning.aws.run_folder import VERDICT, RunFolder
from tuning.evaluation.decision import reach_verdict
from tuning.failure.error_cause import told
from tuning.variables.champion import Champion
from tuning.variables.plan import Plan
from tuning.variables.score import Score

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"Plan", "ModelName", "Champion"?, "Candidate"?, "Scores"}.

    ModelName is the candidate's. Candidate is its score when ChooseTrial has one; Scores are what
    ScoreModels has of it or the champion. Returns {"Verdict", "Candidate"}: the verdict, which is
    also verdict.json, and the candidate's score or None. Raises EvaluationFailed when there is no
    score to judge by.
    """
    plan, name = Plan.parse(event["Plan"]), event["ModelName"]
    champion = Champion.parse(event["Champion"]) if event.get("Champion") else None
    given = (event.get("Candidate"), *event["Scores"])
    known = [Score.parse(each) for each in given if each]
    weighed = [plan.champion_score] if plan.champion_score else []  # unless it was scored again
    scores = {score.model_name: _told(score, plan) for score in (*weighed, *known)}
    candidate = scores.get(name)
    rival = scores.get(champion.model_name or "") if champion else None
    verdict = reach_verdict(plan, candidate, champion, rival, objects, Looks.of(plan))
    document = verdict.to_document()
    RunFolder.of(plan).write(VERDICT, document)
    logger.info("Verdict", extra={"verdict": document})
    return {"Verdict": document, "Candidate": candidate.to_document() if candidate else None}


def _told(score: Score, plan: Plan) -> Score:
    """Why a transform job failed is repeated in errors and verdicts."""
    if score.failure is None:
        return score
    return score.model_copy(update={"failure": told(score.failure, plan.secrets)})
