"""One Map Run: starts iterations, so many at a time, and ends when too many have failed."""

from __future__ import annotations

import uuid
from collections import Counter, deque
from datetime import UTC, datetime
from typing import Any

from local_sagemaker.stepfunctions.engine.revision import Revision
from local_sagemaker.stepfunctions.engine.visit import Visit
from local_sagemaker.stepfunctions.map_runs.children import child_revision, start_child
from local_sagemaker.stepfunctions.map_runs.failures import TOLERANCE, map_run_failed
from local_sagemaker.stepfunctions.map_runs.fields import Tolerance
from local_sagemaker.stepfunctions.map_runs.iteration import FAILED, Iteration
from local_sagemaker.stepfunctions.map_runs.labels import label_of

# Threads of this process; AWS has 10,000.
MOST = 200
_LOOK_SECONDS = 0.02
_COUNTS = {
    "PENDING": "pending",
    "RUNNING": "running",
    "SUCCEEDED": "succeeded",
    "FAILED": "failed",
    "TIMED_OUT": "timedOut",
    "ABORTED": "aborted",
}


class MapRun:
    """What ListMapRuns, DescribeMapRun and ListExecutions tell; `written` by its ResultWriter."""

    def __init__(self, visit: Visit, max_concurrency: int, tolerance: Tolerance) -> None:
        parent = visit.branch.execution
        label = label_of(visit.said, visit.state.name, parent.revision.arn)
        self.execution_arn = parent.arn
        self.state_machine_arn = f"{parent.revision.arn}/{label}"
        kind = self.state_machine_arn.replace(":stateMachine:", ":mapRun:")
        self.map_run_arn = f"{kind}:{uuid.uuid4()}"
        self.entered = visit.entered
        self.status = "RUNNING"
        self.start_date = datetime.now(UTC)
        self.stop_date: datetime | None = None
        self.redrive_count = 0
        self.redrive_date: datetime | None = None
        self.max_concurrency = max_concurrency
        self.tolerance = tolerance
        self.iterations: list[Iteration] = []
        self.written = False

    def run(self, visit: Visit, inputs: list[tuple[Any, int]]) -> None:
        """An iteration for each input. Raises the failure when too many items have failed.

        When the parent ends first, the iterations are stopped.
        """
        self.iterations = [Iteration(given, items) for given, items in inputs]
        self._go(visit)

    def redrive(self, visit: Visit) -> None:
        """Go on with the iterations that have not succeeded, as `run` does."""
        self.redrive_count += 1
        self.redrive_date = datetime.now(UTC)
        self.status, self.stop_date = "RUNNING", None
        self._go(visit)

    def end(self, status: str) -> None:
        self.status, self.stop_date = status, datetime.now(UTC)

    def update(
        self,
        max_concurrency: int | None,
        tolerated_failure_count: int | None,
        tolerated_failure_percentage: float | None,
    ) -> None:
        """UpdateMapRun: what is None stays as it is."""
        if max_concurrency is not None:
            self.max_concurrency = max_concurrency
        count, percentage = self.tolerance.count, self.tolerance.percentage
        self.tolerance = Tolerance(
            count if tolerated_failure_count is None else tolerated_failure_count,
            percentage if tolerated_failure_percentage is None else tolerated_failure_percentage,
        )

    def list_item(self) -> dict[str, Any]:
        ended = {} if self.stop_date is None else {"stopDate": self.stop_date.timestamp()}
        return {
            "executionArn": self.execution_arn,
            "mapRunArn": self.map_run_arn,
            "stateMachineArn": self.state_machine_arn,
            "startDate": self.start_date.timestamp(),
            **ended,
        }

    def describe(self) -> dict[str, Any]:
        redriven = {}
        if self.redrive_date is not None:
            redriven["redriveDate"] = self.redrive_date.timestamp()
        answer = self.list_item() | {
            "status": self.status,
            "maxConcurrency": self.max_concurrency,
            "toleratedFailureCount": self.tolerance.count,
            "toleratedFailurePercentage": self.tolerance.percentage,
            "itemCounts": self.counts(items=True),
            "executionCounts": self.counts(items=False),
            "redriveCount": self.redrive_count,
            **redriven,
        }
        del answer["stateMachineArn"]
        return answer

    def counts(self, *, items: bool) -> dict[str, int]:
        """MapRunItemCounts, or MapRunExecutionCounts."""
        found: Counter[str] = Counter()
        for each in self.iterations:
            found[_COUNTS[each.status]] += each.items if items else 1
        written = found.total() - found["pending"] if self.written else found["succeeded"]
        known = {name: found[name] for name in _COUNTS.values()}
        zero = {"failuresNotRedrivable": 0, "pendingRedrive": 0}
        return known | zero | {"total": found.total(), "resultsWritten": written}

    def _go(self, visit: Visit) -> None:
        revision = child_revision(visit, self.state_machine_arn)
        running = visit.branch.running
        waiting = deque(each for each in self.iterations if each.status != "SUCCEEDED")
        under_way: list[Iteration] = []
        failed = 0
        try:
            while running.is_running and (waiting or under_way):
                while waiting and len(under_way) < min(self.max_concurrency or MOST, MOST):
                    under_way.append(waiting.popleft())
                    self._start(visit, under_way[-1], revision)
                running.wait(_LOOK_SECONDS)
                failed += sum(each.items for each in under_way if each.status in FAILED)
                under_way = [each for each in under_way if not each.is_over]
                self._check(failed)
        finally:
            for each in under_way:
                if each.execution is not None:
                    each.execution.stop()
            if not running.is_running:
                self.end("ABORTED")
        running.check()

    def _start(self, visit: Visit, iteration: Iteration, revision: Revision) -> None:
        """Start it, or go on with one that failed before a redrive; express ones begin anew."""
        if iteration.execution is not None and not revision.is_express:
            iteration.execution.redrive()
        else:
            given, arn = iteration.given, self.map_run_arn
            iteration.execution = start_child(visit, revision, given, arn)

    def _check(self, failed: int) -> None:
        """Raise the failure when more items have failed than are tolerated."""
        if self.tolerance.is_exceeded(failed, sum(each.items for each in self.iterations)):
            cause = "The specified tolerated failure threshold was exceeded"
            raise map_run_failed(TOLERANCE, cause)
