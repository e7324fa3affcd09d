"""FindChampion: which model serves now, and which models are to be scored."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import hosting
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
    if champion and champion.model_name:
        models.append({"Role": "champion", "ModelName": champion.model_name})
    found = {
        "Champion": champion.to_document() if champion else None,
        "ModelsToScore": models,
    }
    logger.info("Champion", extra=found)
    return found


def _find(plan: Plan) -> Champion | None:
    endpoint = hosting.describe_endpoint(plan.endpoint.endpoint_name, plan.secrets)
    if endpoint is None:
        return None
    name = endpoint.config_name
    config = hosting.describe_endpoint_config(name)
    if config is None:
        reason = f"somebody has deleted its endpoint configuration {name}"
        return Champion(endpoint_config_name=name, unknown_because=reason)
    model = config["ProductionVariants"][0].get("ModelName")
    if model is None:  # its models are inference components
        reason = f"its endpoint configuration {name} names no model"
        return Champion(endpoint_config_name=name, unknown_because=reason)
    return Champion(endpoint_config_name=name, model_name=model)
