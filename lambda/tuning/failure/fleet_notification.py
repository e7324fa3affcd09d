"""The one message that tells people how the runs of all models ended."""

from __future__ import annotations

from collections.abc import Sequence

from tuning.failure.console import Console
from tuning.failure.notification import SUBJECT_LIMIT, Notification
from tuning.failure.outcomes import OUTCOMES
from tuning.names import execution_name
from tuning.variables.cost import total
from tuning.variables.fleet import EndedRun, FleetRun, FleetSummary
from tuning.visible import on_one_line

OUTCOME = "Fleet"  # of the message, by which subscriptions can filter
# Of a run whose end is not known, as the table of outcomes calls what Step Functions ends.
_UNKNOWN = "WorkflowFailed"
_UNKNOWN_REASON = "How it ended is not known: look for its execution."
_NAMED, _REASON_LENGTH = 20, 160


def summarize(runs: Sequence[FleetRun], ended: Sequence[EndedRun], note: str = "") -> FleetSummary:
    """What became of each run. One that is not among the ended has failed, too."""
    by_model = {run.model_name: run for run in ended}
    found = [by_model.get(run.model_name) or _lost(run) for run in runs]
    order = {name: place for place, name in enumerate(OUTCOMES)}
    names = sorted({run.outcome for run in found}, key=lambda name: order.get(name, len(order)))
    return FleetSummary(
        models=len(found),
        outcomes={
            name: tuple(run.model_name for run in found if run.outcome == name) for name in names
        },
        failed=tuple(run for run in found if run.failed),
        cost=total(run.cost for run in found if run.cost is not None),
        note=note,
    )


def compose(
    summary: FleetSummary, *, prefix: str, execution_id: str, in_aws: bool = True
) -> Notification:
    """First how many came to which end, then the reason of each failure, then cost and place."""
    counts = ", ".join(f"{len(names)} {outcome}" for outcome, names in summary.outcomes.items())
    console = Console.of(execution_id, exists=in_aws)
    subject = f"{prefix}: {summary.size}: {counts or 'none is deployed'}"
    ends = [
        f"{outcome}: {len(names)} ({_some(names)})" for outcome, names in summary.outcomes.items()
    ]
    reasons = [f"{run.model_name}: {run.outcome}: {_short(run.reason)}" for run in summary.failed]
    more = len(reasons) - _NAMED
    without = ", without the runs that failed" if summary.failed else ""
    last = [
        *([f"Concurrency: {summary.note}"] if summary.note else []),
        f"Cost of training: {summary.cost}{without}",
        f"Fleet: {execution_name(execution_id)}",
        f"Execution: {console.execution(execution_id)}",
    ]
    parts = [
        [f"Models: {summary.models}", *ends],
        [*reasons[:_NAMED], *([f"and {more} more that failed"] if more > 0 else [])],
        last,
    ]
    return Notification(
        subject=on_one_line(subject).encode("ascii", "replace").decode()[:SUBJECT_LIMIT],
        message="\n\n".join("\n".join(map(on_one_line, part)) for part in parts if part),
        outcome=OUTCOME,
    )


def _lost(run: FleetRun) -> EndedRun:
    return EndedRun(
        model_name=run.model_name, outcome=_UNKNOWN, reason=_UNKNOWN_REASON, failed=True
    )


def _some(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _short(reason: str) -> str:
    text = " ".join(reason.split())
    return text if len(text) <= _REASON_LENGTH else f"{text[:_REASON_LENGTH].rstrip()} ..."
