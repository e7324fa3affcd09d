"""Whether a run would be for nothing."""

from __future__ import annotations

from tuning.variables.explanation import Explanation
from tuning.variables.last_run import LastRun
from tuning.variables.plan import Plan


def is_unchanged(plan: Plan, last: LastRun | None) -> bool:
    """Whether data and settings are those of the endpoint's last verdict, as far as is known."""
    return (
        plan.retune_when == "DataChanged"
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


def running(endpoint_name: str, execution: str) -> Explanation:
    """The end of a run that finds another one of its endpoint going on."""
    return _skipped(
        f"Another execution for the endpoint {endpoint_name} goes on: {execution}. Start again "
        "when it is over, or with another Endpoint.EndpointName."
    )


def _skipped(reason: str) -> Explanation:
    return Explanation(outcome="Skipped", reason=reason)
