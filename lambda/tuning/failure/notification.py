"""The message that tells people how an execution ended."""

from __future__ import annotations

from dataclasses import dataclass

from tuning.failure.error_cause import ErrorCause
from tuning.failure.outcomes import OUTCOMES
from tuning.names import execution_name
from tuning.prices.sentences import cost_facts
from tuning.variables.removed import Removed
from tuning.variables.result import Result
from tuning.variables.summary import Summary
from tuning.visible import on_one_line, visible

SUBJECT_LIMIT = 100  # characters; Publish of Amazon SNS takes ASCII only


@dataclass(frozen=True)
class Notification:
    """A message of Amazon SNS; `outcome` is an attribute, so that subscriptions can filter."""

    subject: str
    message: str
    outcome: str


def compose(
    result: Result,
    *,
    prefix: str,
    execution_id: str,
    endpoint: str = "",
    pruned: Removed | None = None,
) -> Notification:
    """Says how the execution ended; `pruned` what Prune has come to, if it was reached."""
    name = execution_name(execution_id)
    facts = {
        "Outcome": result.outcome,
        "Verdict": result.verdict.reason if isinstance(result, Summary) else "",
        "Execution": execution_id,
        "Endpoint": endpoint,
        **(_facts(result) if isinstance(result, Summary) else {}),
        "Not pruned": ErrorCause.parse(pruned.error).message if pruned and pruned.error else "",
    }
    lines = [on_one_line(f"{fact}: {value}") for fact, value in facts.items() if value]
    subject = on_one_line(f"{prefix}: {result.outcome} ({name})")
    return Notification(
        subject=subject.encode("ascii", "replace").decode()[:SUBJECT_LIMIT],
        message="\n".join([*lines, "", visible(_reason(result))]),
        outcome=result.outcome,
    )


def _facts(summary: Summary) -> dict[str, str]:
    approval = summary.approval
    return {
        "Score": f"{summary.metric_name} {summary.value}",
        "Model": summary.model_name,
        "Approval": f"{approval.model_approval_status}. {approval.approval_description}"
        if approval
        else "",
        **cost_facts(summary.cost, summary.cost_bound),
        "Report": summary.files.report,
    }


def _reason(result: Result) -> str:
    return OUTCOMES[result.outcome].meaning if isinstance(result, Summary) else result.reason
