"""What a rollback that has worked leaves: for the registry, for the next run, and for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuning.aws import model_packages, objects
from tuning.aws.endpoint_folder import EndpointFolder
from tuning.failure.unscaled import with_unscaled
from tuning.names import execution_name
from tuning.registry.model_package import TRAINING_JOB
from tuning.registry.registered_score import registered_score
from tuning.report.files import FILES, as_json
from tuning.variables.plan import Plan
from tuning.variables.predictions import Predictions
from tuning.variables.rollback import ROLLED_BACK, Rollback, RolledBack


def keep(plan: Plan, rollback: Rollback, event: Mapping[str, Any]) -> RolledBack:
    """Takes {"ExecutionId", "Predictions", "Unscaled"?}. Last comes summary.json:
    with it, the outcome stands.

    The package of the model that serves again is approved and that of the other rejected. What the
    last run was given stays known, so that the same is not tuned and deployed again.
    """
    execution_id: str = event["ExecutionId"]
    packages = _packages(plan, {rollback.training_job_name, rollback.replaced})
    why = f"Rolled back by the execution {execution_name(execution_id)}"
    _set_status(packages.get(rollback.replaced), "Rejected", f"{why} to {_name(rollback)}.")
    _set_status(packages.get(_name(rollback)), "Approved", f"{why} from {rollback.replaced}.")
    folder = EndpointFolder.of(plan)
    last = folder.last_run()
    if last:
        now = {"execution_id": execution_id, "outcome": ROLLED_BACK}
        folder.keep_last_run(last.model_copy(update=now))
    reason = (
        f"{_name(rollback)} serves again at the endpoint {plan.endpoint.endpoint_name}, in the "
        f"place of {rollback.replaced}, because a person asked for it."
    )
    metric, score = registered_score(packages.get(_name(rollback), {}))
    summary = RolledBack(
        reason=with_unscaled(reason, event),
        execution_id=execution_id,
        endpoint_name=plan.endpoint.endpoint_name,
        model_name=_name(rollback),
        replaced_model_name=rollback.replaced,
        metric_name=metric,
        score=score,
        predictions=Predictions.parse(event["Predictions"]).rows,
    )
    text = as_json(summary.to_document())
    objects.write_object(plan.report.file(FILES["Summary"]), text, "application/json")
    return summary


def _name(rollback: Rollback) -> str:
    return rollback.training_job_name


def _packages(plan: Plan, models: set[str]) -> dict[str, dict[str, Any]]:
    """The packages of these models by the model's name."""
    group = plan.model_package_group["ModelPackageGroupName"]
    found = {}
    for package in model_packages.packages_of(group):
        name = package.get("CustomerMetadataProperties", {}).get(TRAINING_JOB)
        if name in models:
            found[name] = package
    return found


def _set_status(package: Mapping[str, Any] | None, status: str, reason: str) -> None:
    if package and package["ModelApprovalStatus"] != status:
        model_packages.set_status(package["ModelPackageArn"], status, reason)
