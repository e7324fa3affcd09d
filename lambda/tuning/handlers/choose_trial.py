"""ChooseTrial: the best of the trials that were scored on the test channel."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import objects
from tuning.evaluation.decision import score_candidate
from tuning.evaluation.held_out_data import HeldOutData
from tuning.evaluation.metric_names import METRICS
from tuning.evaluation.rule import Rule
from tuning.variables.plan import Plan
from tuning.variables.score import TrialScore

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"Plan", "Trials"}, a TrialScore each.

    Returns the best of Trials. Of equal ones the one that tuning put first wins.
    """
    plan, trials = Plan.parse(event["Plan"]), [*map(TrialScore.parse, event["Trials"])]
    assert plan.evaluation is not None, "trials are scored only when there is a test channel"
    rule = Rule.of(plan.evaluation, plan.promotion)
    data = HeldOutData.read(plan.evaluation, objects)
    data.check_unchanged_since(min(trial.since for trial in trials))
    scores = [score_candidate(rule, data, trial, objects).by(rule) for trial in trials]
    sign = METRICS[rule.metric_name].sign
    best = max(range(len(trials)), key=lambda index: sign * scores[index])
    chosen = trials[best].to_document()
    logger.info("Scored on the test channel", extra={"scores": scores, "best": chosen})
    return chosen
