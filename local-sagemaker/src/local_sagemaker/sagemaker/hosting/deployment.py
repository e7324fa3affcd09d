"""How a DeploymentConfig moves traffic from the old fleet of an endpoint to the new one."""

from __future__ import annotations

import math
from dataclasses import dataclass

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException


@dataclass(frozen=True)
class DeploymentPlan:
    """`shares` of traffic that the new fleet gets, one after the other; times are in seconds."""

    shares: tuple[float, ...] = (1.0,)
    wait: float = 0.0
    termination_wait: float = 0.0
    timeout: float = math.inf
    alarms: tuple[str, ...] = ()

    @property
    def waits(self) -> float:
        """All that the deployment waits on purpose."""
        return self.wait * len(self.shares) + self.termination_wait


def plan_deployment(
    deployment: Document | None, *, instances: int, serverless: bool
) -> DeploymentPlan:
    """The plan for a DeploymentConfig and a new fleet of so many instances.

    Raises:
        ValidationException: what the service's documentation excludes.
    """
    if not deployment:
        return DeploymentPlan()
    if serverless:
        raise ValidationException(
            "DeploymentConfig is for endpoints on instances: the documentation of deployment "
            "guardrails does not cover serverless variants. Leave it out."
        )
    alarms = deployment.get("AutoRollbackConfiguration", {}).get("Alarms", [])
    names = tuple(alarm["AlarmName"] for alarm in alarms if "AlarmName" in alarm)
    blue_green = deployment.get("BlueGreenUpdatePolicy")
    rolling = deployment.get("RollingUpdatePolicy")
    if blue_green and rolling:
        raise ValidationException(
            "DeploymentConfig takes a BlueGreenUpdatePolicy or a RollingUpdatePolicy, not both."
        )
    if rolling:
        return _checked(_rolling(rolling, instances, names))
    return _checked(_blue_green(blue_green or {}, instances, names))


def _blue_green(policy: Document, instances: int, alarms: tuple[str, ...]) -> DeploymentPlan:
    routing = policy.get("TrafficRoutingConfiguration", {"Type": "ALL_AT_ONCE"})
    kind = routing["Type"]
    for member, owner in (("CanarySize", "CANARY"), ("LinearStepSize", "LINEAR")):
        if (member in routing) != (kind == owner):
            verb = "needs" if kind == owner else "takes no"
            raise ValidationException(f"TrafficRoutingConfiguration of type {kind} {verb} {member}")
    shares: tuple[float, ...] = (1.0,)
    if kind == "CANARY":
        shares = (_share(routing["CanarySize"], instances, "CanarySize", low=0.0), 1.0)
    elif kind == "LINEAR":
        step = _share(routing["LinearStepSize"], instances, "LinearStepSize", low=0.1)
        shares = _steps(step)
    return DeploymentPlan(
        shares=shares,
        wait=routing.get("WaitIntervalInSeconds", 0),
        termination_wait=policy.get("TerminationWaitInSeconds", 0),
        timeout=policy.get("MaximumExecutionTimeoutInSeconds", math.inf),
        alarms=alarms,
    )


def _rolling(policy: Document, instances: int, alarms: tuple[str, ...]) -> DeploymentPlan:
    batch = _share(policy["MaximumBatchSize"], instances, "MaximumBatchSize", low=0.05)
    return DeploymentPlan(
        shares=_steps(batch),
        wait=policy["WaitIntervalInSeconds"],
        timeout=policy.get("MaximumExecutionTimeoutInSeconds", math.inf),
        alarms=alarms,
    )


def _share(size: Document, instances: int, member: str, *, low: float) -> float:
    """The part of the capacity; at most half of it, whole instances, so two of them at least."""
    counted = size["Type"] == "INSTANCE_COUNT"
    share: float = size["Value"] / (instances or 1) if counted else size["Value"] / 100
    if instances < 2:
        raise ValidationException(
            f"{member} is at most 50% of the instances, and the variant has {instances}: use "
            "ALL_AT_ONCE, or two instances and more."
        )
    if not low <= share <= 0.5:
        least = f"{low:.0%} to " if low else "at most "
        raise ValidationException(
            f"{member} must be {least}50% of the variant's total instance count, {instances}; "
            f"it is {share:.0%}."
        )
    return share


def _steps(size: float) -> tuple[float, ...]:
    count = math.ceil(1 / size - 1e-9)
    return tuple(min(1.0, size * number) for number in range(1, count + 1))


def _checked(plan: DeploymentPlan) -> DeploymentPlan:
    if plan.timeout <= plan.waits:
        raise ValidationException(
            f"MaximumExecutionTimeoutInSeconds, {plan.timeout:.0f}, must be larger than the total "
            f"of TerminationWaitInSeconds and every WaitIntervalInSeconds, {plan.waits:.0f}."
        )
    if len(set(plan.alarms)) < len(plan.alarms):
        raise ValidationException("AutoRollbackConfiguration names an alarm twice.")
    return plan
