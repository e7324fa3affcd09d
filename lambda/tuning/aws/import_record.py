"""What a run leaves that has brought a model of another account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuning.aws import objects
from tuning.failure.unscaled import with_unscaled
from tuning.report.files import FILES, as_json
from tuning.variables.approval import ApprovalAnswer
from tuning.variables.imported_model import IMPORTED, Imported, ImportedModel
from tuning.variables.plan import Plan
from tuning.variables.predictions import Predictions


def keep(plan: Plan, imported: ImportedModel, event: Mapping[str, Any]) -> Imported:
    """Takes {"ExecutionId", "Outcome", "ModelPackageArn", "Predictions", "Approval"?, "Unscaled"?}.

    Writes summary.json: with it, the outcome stands.
    """
    winner, rejected = imported.winner, event["Outcome"] == "NotApproved"
    summary = Imported(
        outcome="NotApproved" if rejected else IMPORTED,
        reason=(
            ApprovalAnswer.told(event["Approval"]).approval_description
            if rejected
            else with_unscaled(imported.why, event)
        ),
        execution_id=event["ExecutionId"],
        endpoint_name=plan.endpoint.endpoint_name,
        model_name=winner.training_job_name,
        model_package_arn=event["ModelPackageArn"],
        imported_from=imported.model_package_arn,
        metric_name=winner.metric_name,
        score=winner.value,
        predictions=() if rejected else Predictions.parse(event["Predictions"]).rows,
    )
    text = as_json(summary.to_document())
    objects.write_object(plan.report.file(FILES["Summary"]), text, "application/json")
    return summary
