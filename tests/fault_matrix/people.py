"""What people do while an execution runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tests.fault_matrix.observation import packages, running_jobs
from tests.fault_matrix.stack import Stack

Deed = Callable[[Stack, str], None]


def decide(status: str) -> Deed:
    """Answers for the person whose decision the execution waits for."""

    def meanwhile(stack: Stack, execution: str) -> None:
        def waits() -> bool:
            over = stack.describe(execution)["status"] != "RUNNING"
            return over or _waits_for_token(stack.last_events(execution, 1))

        stack.wait(waits, 60)
        if stack.describe(execution)["status"] == "RUNNING":
            stack.client("sagemaker").update_model_package(
                ModelPackageArn=packages(stack)[0], ModelApprovalStatus=status
            )

    return meanwhile


def _waits_for_token(events: list[dict[str, Any]]) -> bool:
    submitted = (event.get("taskSubmittedEventDetails", {}) for event in events)
    return any(details.get("resource") == "invoke.waitForTaskToken" for details in submitted)


_CALLING = ("TaskScheduled", "TaskStarted")


def _is_at(state: str, events: list[dict[str, Any]]) -> bool:
    """Whether the state, of one trial at least, has been entered and its call is on the way."""
    entered = [event.get("stateEnteredEventDetails", {}).get("name") for event in events]
    left = [event.get("stateExitedEventDetails", {}).get("name") for event in events]
    if entered.count(state) <= left.count(state):
        return False
    return any(event["type"] in _CALLING for event in events[: entered.index(state)])


def stop_while_tuning(stack: Stack, execution: str) -> None:
    """Stops the execution when its tuning job has training jobs that run."""
    stack.wait(lambda: len(running_jobs(stack)) > 1, 60, pause=0.05)
    stop(stack, execution)


def stop(stack: Stack, execution: str) -> None:
    stack.client("stepfunctions").stop_execution(
        executionArn=execution, cause="The data was wrong."
    )


def stop_at(state: str) -> Deed:
    """Stops the execution while a call of this state hangs."""

    def meanwhile(stack: Stack, execution: str) -> None:
        wait_until_at(stack, execution, state)
        stop(stack, execution)

    return meanwhile


def wait_until_at(stack: Stack, execution: str, state: str) -> None:
    """Until a call of this state is on the way, or the execution has ended."""

    def there() -> bool:
        over = stack.describe(execution)["status"] != "RUNNING"
        return over or _is_at(state, stack.last_events(execution, 20))

    stack.wait(there, 60, pause=0.05)


def stop_unheard(state: str) -> Deed:
    """Stops the execution at this state; its event is lost, and the schedule's sweep comes."""
    stop_there = stop_at(state)

    def meanwhile(stack: Stack, execution: str) -> None:
        events = stack.client("events")
        rules = events.list_rule_names_by_target(TargetArn=stack.recovery)["RuleNames"]
        for rule in rules:
            events.disable_rule(Name=rule)
        try:
            stop_there(stack, execution)
            time.sleep(1)  # nobody may hear of it later
        finally:
            for rule in rules:
                events.enable_rule(Name=rule)
        sweep(stack)

    return meanwhile


def sweep(stack: Stack) -> None:
    """What the schedule does every hour; whether it works is seen by what comes of it."""
    stack.client("lambda").invoke(FunctionName=f"{stack.prefix}-SweepExecutions", Payload="{}")


def stop_tuning(*, with_best: bool) -> Deed:
    """A person stops the tuning job, before or after it has a best training job."""

    def meanwhile(stack: Stack, execution: str) -> None:
        sagemaker = stack.client("sagemaker")

        def ready() -> bool:
            page = sagemaker.list_hyper_parameter_tuning_jobs(
                StatusEquals="InProgress", NameContains=stack.prefix
            )["HyperParameterTuningJobSummaries"]
            if not page:
                return False
            job = page[0]["HyperParameterTuningJobName"]
            described = sagemaker.describe_hyper_parameter_tuning_job(
                HyperParameterTuningJobName=job
            )
            counters = described["TrainingJobStatusCounters"]
            if ("BestTrainingJob" in described) != with_best or not sum(counters.values()):
                return False
            sagemaker.stop_hyper_parameter_tuning_job(HyperParameterTuningJobName=job)
            return True

        stack.wait(ready, 60)

    return meanwhile
