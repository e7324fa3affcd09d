"""Decide: scores candidate and champion on the test channel and comes to a verdict."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import gateway
from tuning.aws.run_folder import RunFolder
from tuning.evaluation.decision import reach_verdict
from tuning.variables.plan import Plan

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"Plan", "Candidate"?, "Champion"?}; returns {"Verdict"}, which is also verdict.json.

    Raises EvaluationFailed when there is no score to judge by.
    """
    plan = Plan.parse(event["Plan"])
    verdict = reach_verdict(plan, event.get("Candidate"), event.get("Champion"), gateway)
    document = verdict.to_document()
    RunFolder.of(plan).write("verdict.json", document)
    logger.info("Verdict", extra={"verdict": document})
    return {"Verdict": document}
