"""The candidate's entry in the Model Registry: a model package of the app's group."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tuning.data.data_format import request_type
from tuning.execution_input.evaluation import Approval
from tuning.registry.registered_score import HELD_OUT
from tuning.request_types import (
    MetricsSource,
    ModelApprovalStatus,
    ModelPackageContainer,
    ModelPackageRequest,
)
from tuning.variables.model import Model
from tuning.variables.plan import Plan
from tuning.variables.verdict import Decision, Proven, Unproven, parse_verdict
from tuning.variables.winner import Winner
from tuning.visible import on_one_line

# What names and values of CustomerMetadataProperties do not take; names have up to 128 characters
# with a number behind them, values 256.
_NOT_TAKEN = re.compile(r"[^\w .:/=+\-@]")
_MAX_NAME = 120
_FAMILIES = {
    "BinaryClassification": "binary_classification_metrics",
    "MulticlassClassification": "multiclass_classification_metrics",
    "Regression": "regression_metrics",
    "Ranking": "ranking_metrics",  # which Model Monitor does not have
}
# By these properties ResumeExecution finds the execution that waits, and Prune and CleanUp the
# endpoint and the execution of a package.
EXECUTION, ENDPOINT, TRAINING_JOB = "Execution", "Endpoint", "TrainingJob"
# Where the description lies of the table behind the channels, by which clients encode raw rows.
PREPARATION = "Preparation"
IMPORTED_FROM = "ImportedFrom"  # the model package of the account that has tuned it


@dataclass(frozen=True)
class Registration:
    """A model that is entered, promoted or not, and where it comes from."""

    plan: Plan
    tuning_job_name: str
    winner: Winner
    model: Model
    verdict: Proven | Unproven
    execution_id: str  # its ARN
    execution_name: str

    @classmethod
    def parse(cls, event: Mapping[str, Any]) -> Registration:
        """From the payload of the state RegisterModel."""
        return cls(
            plan=Plan.parse(event["Plan"]),
            tuning_job_name=event["TuningJobName"],
            winner=Winner.parse(event["Winner"]),
            model=Model.parse(event["Model"]),
            verdict=parse_verdict(event["Verdict"]),
            execution_id=event["ExecutionId"],
            execution_name=event["ExecutionName"],
        )

    def request(self, metrics_uri: str | None) -> ModelPackageRequest:
        """CreateModelPackage. `metrics_uri` is where `model_quality` lies, None without scores."""
        plan, verdict = self.plan, self.verdict
        container: ModelPackageContainer = {
            "Image": self.winner.training_image,
            "ModelDataUrl": self.model.model_data_url,
        }
        request: ModelPackageRequest = {
            "ModelPackageGroupName": plan.model_package_group["ModelPackageGroupName"],
            "ModelPackageDescription": self._description()[:1024],
            "ModelApprovalStatus": approval_status(verdict.decision, plan.approval),
            "InferenceSpecification": {
                "Containers": [container],
                "SupportedContentTypes": [request_type(plan.samples.content_type)],
                "SupportedResponseMIMETypes": [plan.samples.accept],
            },
            "CustomerMetadataProperties": self._properties(),
            # The same request sent twice makes one package.
            "ClientToken": hashlib.sha256(self.execution_id.encode()).hexdigest()[:32],
        }
        if metrics_uri is not None:
            statistics: MetricsSource = {"ContentType": "application/json", "S3Uri": metrics_uri}
            request["ModelMetrics"] = {"ModelQuality": {"Statistics": statistics}}
        return request

    def _description(self) -> str:
        """What a person must know who approves it."""
        return on_one_line(" ".join([*self.plan.interface_changes, self.verdict.reason]))

    def _properties(self) -> dict[str, str]:
        """At most 50 of them: 30 hyperparameters can be tuned."""
        winner, verdict, described = self.winner, self.verdict, self.plan.table_description
        imported = self.plan.imported
        values: dict[str, Any] = {
            EXECUTION: self.execution_name,
            "TuningJob": self.tuning_job_name,
            TRAINING_JOB: self.model.training_job_name,
            ENDPOINT: self.plan.endpoint.endpoint_name,
            "Verdict": verdict.decision,
            "VerdictReason": verdict.reason,
            **({PREPARATION: described.kept} if described else {}),
            **({IMPORTED_FROM: imported.model_package_arn} if imported else {}),
            **(_scores(verdict) if isinstance(verdict, Proven) else {}),
        }
        tuned = [(f"Tuned.{name}", value) for name, value in winner.tuned_hyper_parameters.items()]
        return _as_taken([*values.items(), (winner.metric_name, winner.value), *tuned])


def _as_taken(values: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """The properties in SageMaker's characters and lengths.

    Others have chosen the names of metrics and hyperparameters: one that is taken gets a number.
    """
    properties: dict[str, str] = {}
    for name, value in values:
        free = key = _NOT_TAKEN.sub(" ", name)[:_MAX_NAME]
        number = 2
        while key in properties:
            key, number = f"{free}-{number}", number + 1
        properties[key] = _NOT_TAKEN.sub(" ", str(value))[:256] or "-"
    return properties


def _scores(verdict: Proven) -> dict[str, Any]:
    values: dict[str, Any] = {
        f"{HELD_OUT}{verdict.metric_name}": verdict.candidate.score,
        "TestChannel": verdict.data_version.uri,
        "DataVersion": verdict.data_version.digest,
    }
    champion = verdict.champion
    if champion and champion.model_name is not None:
        values["Champion"] = champion.model_name
    if champion and champion.score is not None:
        values[f"Champion.{verdict.metric_name}"] = champion.score
    return values


def approval_status(decision: Decision, approval: Approval) -> ModelApprovalStatus:
    """A champion that is kept rejects the candidate; otherwise the input says who approves."""
    if decision == "Keep":
        return "Rejected"
    return "PendingManualApproval" if approval == "Manual" else "Approved"


def model_quality(problem_type: str, metrics: Mapping[str, float]) -> dict[str, Any]:
    """The metrics in the form that SageMaker Model Monitor has for a model's quality."""
    values = {_snake_case(name): {"value": value} for name, value in metrics.items()}
    return {_FAMILIES[problem_type]: values}


def _snake_case(name: str) -> str:
    """BalancedAccuracy as balanced_accuracy, and AUC as auc."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
