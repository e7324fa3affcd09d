"""WeighChampion: is what serves still as good as it was? Then nothing is tuned."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import objects
from tuning.aws.clients import AWS_ERRORS
from tuning.aws.endpoint_folder import EndpointFolder
from tuning.aws.month_ledger import MonthLedger
from tuning.aws.shared_document import Overtaken
from tuning.evaluation.champion_now import score_now
from tuning.planning import skip
from tuning.variables.last_run import LastRun
from tuning.variables.plan import Plan
from tuning.variables.score import Score

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"Plan", "Score", "ExecutionId"}: what ScoreModels has of the champion.

    Returns the plan with the score, which the verdict uses again, and with `Skipped` when it is
    still good. It is no look of these rows: nothing can be promoted by it (docs/decisions/0020).
    """
    plan, score = Plan.parse(event["Plan"]), Score.parse(event["Score"])
    now, folder = score_now(plan, score, objects), EndpointFolder.of(plan)
    last = folder.last_run()
    weighed = plan.model_copy(update={"champion_to_score": None, "champion_score": score})
    if now is None or last is None or last.judged is None or plan.retune_margin is None:
        return weighed.to_document()
    skipped = skip.still_good(last.judged, now, plan.retune_margin)
    logger.info("Champion", extra={"now": now, "was": last.judged.score, "skipped": bool(skipped)})
    if skipped and not plan.dry_run:
        folder.keep_last_run(
            LastRun(
                execution_id=event["ExecutionId"],
                outcome=skipped.outcome,
                fingerprint=plan.fingerprint,
                judged=last.judged,
            )
        )
    if skipped:
        _close_month(event["ExecutionId"], plan)
    return weighed.model_copy(update={"skipped": skipped}).to_document()


def _close_month(execution_id: str, plan: Plan) -> None:
    """Nothing was trained: the bound that PlanTuning has entered is free again.

    Where it cannot be written, the endpoint's next run finds out.
    """
    try:
        MonthLedger.of(plan).close(execution_id, plan, {})
    except (*AWS_ERRORS, Overtaken) as error:
        logger.warning("The bound of this run counts on", extra={"error": str(error)})
