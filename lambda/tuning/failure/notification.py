"""The message that tells people how an execution ended."""

from __future__ import annotations

from dataclasses import dataclass

from tuning.failure.console import Console
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
    in_aws: bool = True,
) -> Notification:
    """What a person wants to know first: the outcome, why, what it cost, and where to look.

    `pruned` is what Prune has come to, if it was reached. Only what is `in_aws` has a console.
    """
    console = Console.of(execution_id, exists=in_aws)
    summary = result if isinstance(result, Summary) else None
    report = _report(result)
    first = {
        "Outcome": result.outcome,
        "Endpoint": endpoint,
        **(_facts(summary) if summary else {}),
        "Not pruned": ErrorCause.parse(pruned.error).message if pruned and pruned.error else "",
    }
    last = {
        "Report": console.object(report) if report else "",
        "Execution": console.execution(execution_id),
    }
    name = execution_name(execution_id)
    subject = on_one_line(f"{endpoint or prefix}: {result.outcome} ({name})")
    return Notification(
        subject=subject.encode("ascii", "replace").decode()[:SUBJECT_LIMIT],
        message="\n\n".join([_lines(first), visible(_reason(result)), _lines(last)]),
        outcome=result.outcome,
    )


def _lines(facts: dict[str, str]) -> str:
    return "\n".join(on_one_line(f"{fact}: {value}") for fact, value in facts.items() if value)


def _facts(summary: Summary) -> dict[str, str]:
    approval = summary.approval
    return {
        "Verdict": summary.verdict.reason,
        "Best of tuning": f"{summary.metric_name} {summary.value:.5g}",
        "Approval": f"{approval.model_approval_status}. {approval.approval_description}"
        if approval
        else "",
        "Not scaled": summary.scaling_failure or "",
        **cost_facts(summary.cost, summary.cost_bound),
    }


def _report(result: Result) -> str | None:
    return result.files.report if isinstance(result, Summary) else result.report


def _reason(result: Result) -> str:
    """With what to do, where a run that deployed has left something to a person."""
    if not isinstance(result, Summary):
        return result.reason
    outcome = OUTCOMES[result.outcome]
    if result.scaling_failure is None:
        return outcome.meaning
    return f"{outcome.meaning}\nWhat to do: {outcome.action}"
