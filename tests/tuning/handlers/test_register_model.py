"""RegisterModel: the candidate as a model package of the app's group."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from tuning.evaluation.decision import unproven
from tuning.handlers.register_model import handler
from tuning.variables.verdict import Proven, Unproven

from tests.tuning.account import Account
from tests.tuning.lambda_context import CONTEXT
from tests.tuning.plans import EXECUTION, evaluated_plan, make_plan
from tests.tuning.variables import a_model, a_winner, proven_verdict


def event(verdict: Proven | Unproven) -> dict[str, Any]:
    plan = evaluated_plan() if isinstance(verdict, Proven) else make_plan()
    return {
        "Plan": plan.to_document(),
        "TuningJobName": "retune-261124-0a1b2c3d-00",
        "Winner": a_winner().to_document(),
        "Model": a_model().to_document(),
        "Verdict": verdict.to_document(),
        "ExecutionId": EXECUTION.id,
        "ExecutionName": EXECUTION.name,
    }


def registered(account: Account, verdict: Proven | Unproven) -> dict[str, Any]:
    arn = handler(event(verdict), CONTEXT)["ModelPackageArn"]
    described: dict[str, Any] = account.client("sagemaker").describe_model_package(
        ModelPackageName=arn
    )
    return described


def test_proven_model_is_registered_with_its_metrics(account: Account) -> None:
    package = registered(account, proven_verdict())
    source = package["ModelMetrics"]["ModelQuality"]["Statistics"]["S3Uri"]
    assert source == "s3://data-bucket/runs/monday/metrics.json"
    metrics = account.read("runs/monday/metrics.json")["binary_classification_metrics"]
    assert metrics["auc"] == {"value": 0.8}
    assert package["ModelApprovalStatus"] == "Approved"


def test_model_that_nothing_scored_has_no_metrics(account: Account) -> None:
    package = registered(account, unproven("There is no test channel."))
    assert "ModelMetrics" not in package


def test_group_is_made_once(account: Account) -> None:
    first = registered(account, proven_verdict())
    second = registered(account, proven_verdict(decision="Keep"))
    assert first["ModelPackageGroupName"] == second["ModelPackageGroupName"] == "retune"
    assert second["ModelApprovalStatus"] == "Rejected"


def test_group_that_may_not_be_made_is_told(account: Account) -> None:
    code, words = "AccessDeniedException", "is not authorized to perform"
    account.refuse("sagemaker", "CreateModelPackageGroup", code, words)
    with pytest.raises(ClientError, match=words):
        handler(event(proven_verdict()), CONTEXT)
