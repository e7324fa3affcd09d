"""SelectBest: reads every trial of a tuning job and returns the best one."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning import gateway
from tuning.selection import describe_winner, find_best

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"TuningJobName"}; raises NoUsableTrial or TuningStopped when nothing can win."""
    name = event["TuningJobName"]
    job, trials = gateway.read_tuning_job(name), gateway.read_trials(name)
    best = find_best(job, trials)
    winner = describe_winner(job, trials, gateway.describe_training_job(best))
    logger.info("Best training job", extra={"winner": winner})
    return winner
