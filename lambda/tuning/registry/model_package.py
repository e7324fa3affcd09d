"""The candidate's entry in the Model Registry: a model package of the app's group."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from tuning.variables.plan import Plan

# What a value of CustomerMetadataProperties does not take; at most 256 characters are kept.
_NOT_IN_VALUE = re.compile(r"[^\w .:/=+\-@]")
_FAMILIES = {
    "BinaryClassification": "binary_classification_metrics",
    "MulticlassClassification": "multiclass_classification_metrics",
    "Regression": "regression_metrics",
}
# Properties by which ResumeExecution finds who waits, and Prune and CleanUp whose a package is.
EXECUTION, ENDPOINT, TRAINING_JOB = "Execution", "Endpoint", "TrainingJob"


def package_request(
    plan: Plan, event: Mapping[str, Any], metrics_uri: str | None, execution_name: str
) -> dict[str, Any]:
    """CreateModelPackage for the payload of the state RegisterModel.

    `metrics_uri` is where `model_quality` lies, None when nothing was scored.
    """
    winner, model, verdict = (event[key] for key in ("Winner", "Model", "Verdict"))
    request = {
        "ModelPackageGroupName": plan.model_package_group["ModelPackageGroupName"],
        "ModelPackageDescription": verdict["Reason"][:1024],
        "ModelApprovalStatus": approval_status(verdict["Decision"], plan.approval),
        "InferenceSpecification": {
            "Containers": [
                {"Image": winner["TrainingImage"], "ModelDataUrl": model["ModelDataUrl"]}
            ],
            "SupportedContentTypes": [plan.samples.content_type],
            "SupportedResponseMIMETypes": ["text/csv"],
        },
        "CustomerMetadataProperties": _properties(plan, event, execution_name),
        # The same request sent twice makes one package.
        "ClientToken": hashlib.sha256(event["ExecutionId"].encode()).hexdigest()[:32],
    }
    if metrics_uri is None:
        return request
    source = {"ContentType": "application/json", "S3Uri": metrics_uri}
    return {**request, "ModelMetrics": {"ModelQuality": {"Statistics": source}}}


def approval_status(decision: str, approval: str) -> str:
    """A champion that is kept rejects the candidate; otherwise the input says who approves."""
    if decision == "Keep":
        return "Rejected"
    return "PendingManualApproval" if approval == "Manual" else "Approved"


def model_quality(problem_type: str, metrics: Mapping[str, float]) -> dict[str, Any]:
    """The metrics in the form that SageMaker Model Monitor has for a model's quality."""
    values = {_snake_case(name): {"value": value} for name, value in metrics.items()}
    return {_FAMILIES[problem_type]: values}


def _properties(plan: Plan, event: Mapping[str, Any], execution_name: str) -> dict[str, str]:
    """At most 50 of them: 30 hyperparameters can be tuned."""
    winner, verdict = event["Winner"], event["Verdict"]
    values = {
        EXECUTION: execution_name,
        "TuningJob": event["TuningJobName"],
        TRAINING_JOB: event["Model"]["TrainingJobName"],
        ENDPOINT: plan.endpoint.endpoint_name,
        winner["MetricName"]: winner["Value"],
        "Verdict": verdict["Decision"],
        "VerdictReason": verdict["Reason"],
        **{f"Tuned.{name}": value for name, value in winner["TunedHyperParameters"].items()},
    }
    if verdict["HeldOut"]:
        values |= {
            f"HeldOut.{verdict['MetricName']}": verdict["Candidate"]["Score"],
            "TestChannel": verdict["DataVersion"]["Uri"],
            "DataVersion": verdict["DataVersion"]["Digest"],
        }
        champion = verdict.get("Champion", {})
        if "ModelName" in champion:
            values["Champion"] = champion["ModelName"]
        if "Score" in champion:
            values[f"Champion.{verdict['MetricName']}"] = champion["Score"]
    return {name: _NOT_IN_VALUE.sub(" ", str(value))[:256] for name, value in values.items()}


def _snake_case(name: str) -> str:
    """BalancedAccuracy as balanced_accuracy, and AUC as auc."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
