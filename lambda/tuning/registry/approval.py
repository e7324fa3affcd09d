"""Waiting for a person without a poller: a token in S3, and the registry's event that uses it.

AwaitApproval puts the task token of the waiting state beside the run's report. When the model
package's status changes, wherever a person changed it, EventBridge starts ResumeExecution, which
hands the status to the waiting state.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuning.variables.approval import ApprovalAnswer

PENDING = "PendingManualApproval"
_DELETED = ApprovalAnswer(
    model_approval_status="Deleted", approval_description="Somebody has deleted the model package."
)


def answer(package: Mapping[str, Any]) -> ApprovalAnswer | None:
    """The answer for the state that waits; None while nobody has decided.

    `package` is the answer of DescribeModelPackage, empty when somebody has deleted the package:
    then nobody can approve it any more.
    """
    if not package:
        return _DELETED
    status = package["ModelApprovalStatus"]
    if status == PENDING:
        return None
    description = package.get("ApprovalDescription") or "No reason was given."
    return ApprovalAnswer(model_approval_status=status, approval_description=description)
