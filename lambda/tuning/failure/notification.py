"""The message that tells people how an execution ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tuning.failure.outcomes import OUTCOMES

SUBJECT_LIMIT = 100  # characters; Publish of Amazon SNS takes ASCII only


@dataclass(frozen=True)
class Notification:
    """A message of Amazon SNS; `outcome` is an attribute, so that subscriptions can filter."""

    subject: str
    message: str
    outcome: str


def compose(
    result: Mapping[str, Any],
    *,
    prefix: str,
    execution_id: str,
    endpoint: str = "",
    pruned: Mapping[str, Any] | None = None,
) -> Notification:
    """From the execution's output, or from {"Outcome", "Reason"} of one that failed."""
    outcome, name = str(result["Outcome"]), execution_id.rsplit(":", 1)[-1]
    facts = {
        "Outcome": outcome,
        "Execution": execution_id,
        "Endpoint": endpoint,
        "Score": _score(result),
        "Model": result.get("ModelName", ""),
        "Verdict": result.get("Verdict", {}).get("Reason", ""),
        "Approval": _approval(result.get("Approval") or {}),
        "Report": result.get("Files", {}).get("Report", ""),
        "Not pruned": (pruned or {}).get("Error", ""),
    }
    lines = [f"{fact}: {value}" for fact, value in facts.items() if value]
    subject = f"{prefix}: {outcome} ({name})".encode("ascii", "replace").decode()
    return Notification(
        subject=subject[:SUBJECT_LIMIT],
        message="\n".join([*lines, "", _reason(result, outcome)]),
        outcome=outcome,
    )


def _score(result: Mapping[str, Any]) -> str:
    return f"{result['MetricName']} {result['Value']}" if "MetricName" in result else ""


def _approval(approval: Mapping[str, str]) -> str:
    given = (approval.get("ModelApprovalStatus"), approval.get("ApprovalDescription"))
    return ". ".join(part for part in given if part)


def _reason(result: Mapping[str, Any], outcome: str) -> str:
    known = OUTCOMES.get(outcome)
    return str(result.get("Reason") or (known.meaning if known else outcome))
