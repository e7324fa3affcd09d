"""A deployment: start the new fleet, move traffic to it step by step, watch the alarms."""

from __future__ import annotations

import time
from collections.abc import Callable

from local_sagemaker.sagemaker.hosting.alarms import tripped
from local_sagemaker.sagemaker.hosting.deployment import DeploymentPlan
from local_sagemaker.sagemaker.hosting.fleet import Fleet
from local_sagemaker.sagemaker.region import Region

_LOOK_SECONDS = 0.2
# Shorter waits would end before an alarm can see what went wrong.
_SHORTEST_BAKE_SECONDS = 1.0


class RolledBack(Exception):
    """The message is the FailureReason."""


class Abandoned(Exception):
    """The server is going away."""


class Rollout:
    """`shift` gives the new fleet its share of the traffic; `ended` tells that all is over.

    `entered` is called whenever the fleet has entered a stage.
    """

    def __init__(
        self,
        region: Region,
        plan: DeploymentPlan,
        *,
        shift: Callable[[float], None],
        entered: Callable[[], None],
        ended: Callable[[float], bool],
    ) -> None:
        self._region = region
        self._plan = plan
        self._shift = shift
        self._entered = entered
        self._ended = ended
        scale = region.settings.wait_scale
        self._wait = self._scaled(plan.wait, scale)
        self._termination_wait = self._scaled(plan.termination_wait, scale)
        # Waiting is what is scaled; the time that work may take is not.
        waits = self._wait * len(plan.shares) + self._termination_wait
        self._deadline = time.monotonic() + plan.timeout - plan.waits + waits

    def replace(self, fleet: Fleet) -> None:
        """Start the fleet and give it all traffic; the old one is to be stopped then.

        Raises:
            StartFailed: a container of the new fleet.
            RolledBack: an alarm, or the time limit.
            Abandoned: the server ends.
        """
        self._check("before the deployment")
        self._enter(fleet, "Creating")
        fleet.start()
        for share in self._plan.shares:
            self._enter(fleet, "ActivatingTraffic")
            self._shift(share)
            self._enter(fleet, "Baking")
            self._bake(self._wait, f"with {share:.0%} of the traffic on the new fleet")
        self._bake(self._termination_wait, "while the old fleet waited for its termination")
        fleet.enter(None)

    def _enter(self, fleet: Fleet, stage: str) -> None:
        fleet.enter(stage)
        self._entered()

    def _bake(self, seconds: float, when: str) -> None:
        end = time.monotonic() + seconds
        while True:
            self._check(when)
            left = end - time.monotonic()
            if left <= 0:
                return
            if self._ended(min(left, _LOOK_SECONDS)):
                raise Abandoned

    def _check(self, when: str) -> None:
        alarms = tripped(self._region, self._plan.alarms)
        if alarms:
            raise RolledBack(
                f"The deployment was rolled back: CloudWatch alarms in state ALARM {when}: "
                f"{', '.join(alarms)}."
            )
        if time.monotonic() > self._deadline:
            raise RolledBack(
                "The deployment was rolled back: it did not end within "
                f"MaximumExecutionTimeoutInSeconds, {self._plan.timeout:.0f}."
            )

    def _scaled(self, seconds: float, scale: float) -> float:
        shortest = min(seconds, _SHORTEST_BAKE_SECONDS) if self._plan.alarms else 0.0
        return max(seconds * scale, shortest)
