"""Whether a run would be for nothing."""

from __future__ import annotations

from tuning.evaluation.metric_names import METRICS
from tuning.variables.explanation import Explanation
from tuning.variables.last_run import Judged, LastRun
from tuning.variables.plan import Plan


def is_unchanged(plan: Plan, last: LastRun | None) -> bool:
    """Whether data and settings are those of the endpoint's last verdict, as far as is known."""
    return (
        plan.retune_when != "Always"
        and last is not None
        and plan.fingerprint.data is not None
        and plan.fingerprint == last.fingerprint
    )


def unchanged(last: LastRun) -> Explanation:
    """The end of a run that is_unchanged."""
    return _skipped(
        "Neither the data nor the settings have changed since the execution "
        f"{last.execution_id}, which ended {last.outcome}. RetuneWhen: Always tunes all the same."
    )


def is_comparable(plan: Plan, judged: Judged | None, champion: str | None) -> bool:
    """Whether the champion's score of now says something beside the one that it had."""
    return (
        judged is not None
        and plan.evaluation is not None
        and judged.model_name == champion
        and judged.metric_name == plan.evaluation.metric_name
    )


def still_good(judged: Judged, score: float, margin: float) -> Explanation | None:
    """The end of a run whose champion scores as it did, within the margin; None if it is worse."""
    fallen = METRICS[judged.metric_name].sign * (judged.score - score)
    if fallen > margin:
        return None
    return _skipped(
        f"The champion {judged.model_name} has {judged.metric_name} {score:.5g} on the test "
        f"channel as it lies now, and had {judged.score:.5g} when it was last judged: it is not "
        f"worse by more than {margin:g}, the RetuneMargin. RetuneWhen: Always tunes all the same."
    )


def running(endpoint_name: str, execution: str) -> Explanation:
    """The end of a run that finds another one of its endpoint going on."""
    return _skipped(
        f"Another execution for the endpoint {endpoint_name} goes on: {execution}. Start again "
        "when it is over, or with another Endpoint.EndpointName."
    )


def _skipped(reason: str) -> Explanation:
    return Explanation(outcome="Skipped", reason=reason)
