"""One Map Run: starts iterations, so many at a time, and ends when too many have failed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from moto.stepfunctions.parser.api import ExecutionStatus, MapRunStatus
from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration.itemprocessor.map_run_record import (  # noqa: E501
    MapRunRecord,
)
from moto.stepfunctions.parser.backend.execution import Execution

from local_sagemaker.services.stepfunctions import executions
from local_sagemaker.services.stepfunctions.map_runs.children import child_machine, start_child
from local_sagemaker.services.stepfunctions.map_runs.failures import TOLERANCE, map_run_failed

# Threads of this process; AWS has 10,000.
MOST_AT_ONCE = 200
_POLL_SECONDS = 0.05
_FAILED = ("FAILED", "TIMED_OUT", "ABORTED")
_COUNTS = {
    "PENDING": "pending",
    "RUNNING": "running",
    "SUCCEEDED": "succeeded",
    "FAILED": "failed",
    "TIMED_OUT": "timedOut",
    "ABORTED": "aborted",
}


@dataclass
class Iteration:
    """The input of an execution, how many items it has, and the execution once it has started."""

    given: Any
    items: int
    execution: Execution | None = None

    @property
    def status(self) -> str:
        return str(self.execution.status) if self.execution else "PENDING"


class MapRun(MapRunRecord):
    """What ListMapRuns, DescribeMapRun and ListExecutions tell; `written` by its ResultWriter."""

    def __init__(self, **named: Any) -> None:
        super().__init__(**named)
        self.iterations: list[Iteration] = []
        self.written = False

    def run(self, env: Any, state: dict[str, Any], inputs: list[tuple[Any, int]]) -> None:
        """Until every iteration has ended. Raises the failure when too many items have failed.

        When `env`, the parent, ends first, the iterations are stopped.
        """
        self.iterations = [Iteration(given, items) for given, items in inputs]
        machine = child_machine(env, state, self.map_state_machine_arn)
        try:
            while env.is_running() and not self._through():
                self._check(env)
                for each in self._next():
                    each.execution = start_child(env, machine, each.given)
                self.update_event.wait(_POLL_SECONDS)
                self.update_event.clear()
            self._check(env)
        finally:
            self._stop_what_runs()
            if not env.is_running():
                self.set_stop(MapRunStatus.ABORTED)

    def counts(self, *, items: bool) -> dict[str, int]:
        """MapRunItemCounts, or MapRunExecutionCounts."""
        found: Counter[str] = Counter()
        for each in self.iterations:
            found[_COUNTS[each.status]] += each.items if items else 1
        written = found.total() - found["pending"] if self.written else 0
        known = {name: found[name] for name in _COUNTS.values()}
        zero = {"failuresNotRedrivable": 0, "pendingRedrive": 0}
        return known | zero | {"total": found.total(), "resultsWritten": written}

    def describe(self) -> Any:
        answer: Any = super().describe()
        return answer | {
            "itemCounts": self.counts(items=True),
            "executionCounts": self.counts(items=False),
            "redriveCount": 0,
        }

    def _through(self) -> bool:
        return all(each.status not in ("PENDING", "RUNNING") for each in self.iterations)

    def _next(self) -> list[Iteration]:
        """The iterations for which there is room now; the limit may be changed meanwhile."""
        running = sum(each.status == "RUNNING" for each in self.iterations)
        most = min(self.max_concurrency or MOST_AT_ONCE, MOST_AT_ONCE)
        pending = [each for each in self.iterations if each.status == "PENDING"]
        return pending[: max(most - running, 0)]

    def _check(self, env: Any) -> None:
        """Raise the failure when more items have failed than are tolerated."""
        total = sum(each.items for each in self.iterations)
        failed = sum(each.items for each in self.iterations if each.status in _FAILED)
        limits = [self.tolerated_failure_count, self.tolerated_failure_percentage * total / 100]
        if failed > min([limit for limit in limits if limit] or [0]):
            cause = "The specified tolerated failure threshold was exceeded"
            raise map_run_failed(env, TOLERANCE, cause)

    def _stop_what_runs(self) -> None:
        for each in self.iterations:
            if each.execution and each.execution.exec_status == ExecutionStatus.RUNNING:
                executions.stop(each.execution, error=None, cause=None)
