"""FindChampion: which model serves now, and which models are to be scored."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import hosting, objects
from tuning.aws.serving_model import find_champion
from tuning.data.s3_location import S3Location
from tuning.variables.champion import Champion
from tuning.variables.plan import Plan
from tuning.variables.score import Score

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"Plan", "ModelName", "Candidate"?}: the model, and the score ChooseTrial has of it.

    Returns {"Champion": the variable, or None when nothing serves, "ModelsToScore": [{"Role":
    "candidate" or "champion", "ModelName"}]}. Without an evaluation nothing is compared, and the
    endpoint is not looked at.
    """
    plan, name = Plan.parse(event["Plan"]), event["ModelName"]
    if plan.evaluation is None:
        return {"Champion": None, "ModelsToScore": []}
    champion = _find(plan)
    models = []
    scored = event.get("Candidate")
    if not scored or Score.parse(scored).model_name != name:  # a retrained one has no score
        models.append({"Role": "candidate", "ModelName": name})
    if champion and champion.model_name and not _is_scored(plan, champion.model_name):
        models.append({"Role": "champion", "ModelName": champion.model_name})
    found = {
        "Champion": champion.to_document() if champion else None,
        "ModelsToScore": models,
    }
    logger.info("Champion", extra=found)
    return found


def _find(plan: Plan) -> Champion | None:
    endpoint = hosting.describe_endpoint(plan.endpoint.endpoint_name, plan.secrets)
    return find_champion(endpoint) if endpoint else None


def _is_scored(plan: Plan, model_name: str) -> bool:
    """Whether WeighChampion has the predictions for the test channel as it lies now."""
    score = plan.champion_score
    if score is None or score.model_name != model_name or not score.since or not plan.evaluation:
        return False
    since = datetime.fromisoformat(score.since)
    places = (plan.evaluation.test_channel, plan.evaluation.rows_without_queries)
    given = [entry for uri in places if uri for entry in objects.list_channel(S3Location.of(uri))]
    return all(entry.modified <= since for entry in given)
