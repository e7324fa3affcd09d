"""Waiting for a person without a poller: a token in S3, and the registry's event that uses it.

AwaitApproval puts the task token of the waiting state beside the run's report. When the model
package's status changes, wherever a person changed it, EventBridge starts ResumeExecution, which
hands the status to the waiting state.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuning.data.s3_location import S3Location

PENDING = "PendingManualApproval"
_DELETED = {
    "ModelApprovalStatus": "Deleted",
    "ApprovalDescription": "Somebody has deleted the model package.",
}


def approval_file(bucket: str, folder: str) -> S3Location:
    """Where the token of a run lies; `folder` ends with a slash."""
    return S3Location(bucket, f"{folder}approval.json")


def answer(package: Mapping[str, Any]) -> dict[str, Any] | None:
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
    return {"ModelApprovalStatus": status, "ApprovalDescription": description}
