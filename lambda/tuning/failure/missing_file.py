"""A file that an execution had written before it failed, and that somebody has deleted since."""

from __future__ import annotations

from tuning.failure.failing_state import RETUNE, STEP_FUNCTIONS

# Before PlanTuning has ended there is no plan, and these tell nothing about where it failed.
_PERHAPS_WITHOUT_A_PLAN = ("PlanTuning", RETUNE, STEP_FUNCTIONS)
_AFTER_DEPLOY_ENDPOINT = ("WaitForEndpoint", "VerifyEndpoint", "ScaleEndpoint")


def missing_file(state: str, *, has_plan: bool, has_deployment: bool) -> str:
    """Names the file without which recovery cannot tell what to undo; empty when none is missing.

    `state` is the one that failed.
    """
    if not has_plan and state not in _PERHAPS_WITHOUT_A_PLAN:
        return "Somebody has deleted plan.json from the folder of the execution."
    if not has_deployment and state in _AFTER_DEPLOY_ENDPOINT:
        return "Somebody has deleted deployment.json from the folder of the execution."
    return ""
