"""WriteReport after an import: summary.json says why, and what is left to a person."""

from __future__ import annotations

import json
from typing import Any

from tuning.handlers.write_report import handler
from tuning.variables.approval import ApprovalAnswer

from tests.tuning.account import Account
from tests.tuning.lambda_context import CONTEXT
from tests.tuning.plans import EXECUTION
from tests.tuning.test_imported_model import PACKAGE, planned

PLAN = planned()
WHY = f"It was tuned and approved as {PACKAGE}: Looks right."
EVENT = {
    "Plan": PLAN.to_document(),
    "ExecutionId": EXECUTION.id,
    "Outcome": "Deployed",
    "ModelPackageArn": "arn:aws:sagemaker:eu-central-1:222222222222:model-package/retune/1",
    "Predictions": {"EndpointName": "retune", "RowsLikeTransform": 0, "Proven": True, "Rows": []},
    "Approval": None,
    "Unscaled": None,
}


def written(account: Account, **changes: Any) -> tuple[str, str]:
    """Outcome and reason, as the state gives them and as they stay in the run's folder."""
    summary = handler({**EVENT, **changes}, CONTEXT)
    assert account.read(f"{PLAN.report.prefix}summary.json") == summary
    return summary["Outcome"], summary["Reason"]


def test_it_says_as_what_the_model_was_approved(account: Account) -> None:
    assert written(account) == ("Imported", WHY)


def test_a_rejection_tells_the_words_of_the_person(account: Account) -> None:
    """They come as the cause of the state that failed, which is a document."""
    said = ApprovalAnswer(model_approval_status="Rejected", approval_description="Not this week.")
    approval = {
        "ModelApprovalStatus": "Rejected",
        "ApprovalDescription": json.dumps(said.to_document()),
    }
    nothing: dict[str, Any] = {"Rows": []}  # what the state hands on when no endpoint was asked
    ended = written(account, Outcome="NotApproved", Approval=approval, Predictions=nothing)
    assert ended == ("NotApproved", "Not this week.")


def test_autoscaling_that_could_not_be_set_is_told(account: Account) -> None:
    cause = json.dumps({"errorType": "ClientError", "errorMessage": "Unable to assume the role."})
    unscaled = {"State": "ScaleEndpoint", "Error": "ClientError", "Cause": cause}
    outcome, reason = written(account, Outcome="ScalingFailed", Unscaled=unscaled)
    assert outcome == "Imported"
    assert reason.startswith(f"{WHY} Its autoscaling could not be set: ")
    assert "Unable to assume the role." in reason
