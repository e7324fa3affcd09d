"""Runs one step to its end: from the cache, or as often as its retry policies allow."""

from __future__ import annotations

import logging
from collections.abc import Callable

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.pipelines.caching import cache_key, earlier_run
from local_sagemaker.sagemaker.pipelines.callback_step import wait_for_answer
from local_sagemaker.sagemaker.pipelines.control_steps import decide, fail
from local_sagemaker.sagemaker.pipelines.faults import StepFailed, StepStopped
from local_sagemaker.sagemaker.pipelines.function_step import invoke
from local_sagemaker.sagemaker.pipelines.job_step import create
from local_sagemaker.sagemaker.pipelines.retry_policies import pause_before, policy_for
from local_sagemaker.sagemaker.pipelines.step_run import StepRun

_OTHERS: dict[str, Callable[[StepRun], Document]] = {
    "Condition": decide,
    "Fail": fail,
    "Lambda": invoke,
    "Callback": wait_for_answer,
}
_logger = logging.getLogger(__name__)


def run_step(run: StepRun) -> None:
    """Run a step that has begun; how it ends is in the execution, and nowhere else."""
    execution, entry = run.execution, run.entry
    try:
        execution.enter_step(entry, "Executing")
        if not _taken_from_cache(run):
            entry.properties = _attempts(run)
            execution.end_step(entry, "Succeeded")
    except StepStopped:
        if not run.signals.abandoned:
            execution.end_step(entry, "Stopped")
    except StepFailed as failure:
        execution.end_step(entry, "Failed", str(failure))
    except Exception as defect:
        _logger.exception("Step %s of %s met a defect of local AWS", entry.name, execution.arn)
        reason = f"InternalServerError: {type(defect).__name__}: {defect}"
        execution.end_step(entry, "Failed", reason)


def _taken_from_cache(run: StepRun) -> bool:
    if not run.step.body.get("CacheConfig", {}).get("Enabled"):
        return False
    run.entry.key = cache_key(run)
    found = earlier_run(run, run.entry.key)
    if found is None:
        return False
    arn, earlier = found
    run.execution.take(run.entry, earlier, arn, "CacheHitResult")
    return True


def _attempts(run: StepRun) -> Document:
    policies = run.step.body.get("RetryPolicies", [])
    retries: dict[str, int] = {}
    while True:
        try:
            return _OTHERS.get(run.step.type, create)(run)
        except StepFailed as failure:
            policy = policy_for(policies, failure.exception_type)
            if policy is None:
                raise
            done = retries.get(failure.exception_type, 0)
            pause = pause_before(policy, done, run.entry.start_time)
            if pause is None:
                raise
            retries[failure.exception_type] = done + 1
        run.signals.pause(pause * run.work.region.settings.wait_scale)
        if run.signals.stopping:
            raise StepStopped
        run.entry.count_attempt()
