"""Map: the same states for each item of an array."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any

from local_sagemaker.stepfunctions.engine import map_fields
from local_sagemaker.stepfunctions.engine.branch import Branch
from local_sagemaker.stepfunctions.engine.data_flow import effective_input, with_result
from local_sagemaker.stepfunctions.engine.outcome import Outcome
from local_sagemaker.stepfunctions.engine.side_by_side import SideBySide
from local_sagemaker.stepfunctions.failure import StateFailed

if TYPE_CHECKING:
    from local_sagemaker.stepfunctions.engine.visit import Visit

# https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html
_MOST_AT_ONCE = 40


def perform(visit: Visit) -> Outcome:
    """The outputs of the iterations, in the order of the items."""
    if map_fields.is_distributed(visit):
        run_distributed = visit.branch.execution.environment.run_distributed
        return with_result(visit, visit.work(lambda: run_distributed(visit)))
    chosen = effective_input(visit)
    items = map_fields.items(visit, chosen)
    most = map_fields.max_concurrency(visit, chosen)
    at_once = min(most or _MOST_AT_ONCE, _MOST_AT_ONCE)
    # Checked, and without effect: only a Map Run tolerates failures.
    map_fields.tolerated_failure_count(visit, chosen)
    map_fields.tolerated_failure_percentage(visit, chosen)
    return with_result(visit, visit.work(lambda: _run(visit, chosen, items, at_once)))


def _run(visit: Visit, chosen: Any, items: list[Any], at_once: int) -> list[Any]:
    outer = visit.branch
    outer.record("MapStateStarted", length=len(items))
    iterations = _Iterations(visit, chosen, items)
    visit.forked = True
    outputs = iterations.run(at_once)
    visit.forked = False
    outer.beside("MapStateSucceeded")
    return outputs


class _Iterations:
    """The iterations of an inline Map: those that run, and those that wait for their turn."""

    def __init__(self, visit: Visit, chosen: Any, items: list[Any]) -> None:
        self._visit = visit
        self._items = items
        self._given = map_fields.selected(visit, chosen, items)
        self._outer = visit.branch
        self._together = SideBySide(visit.branch)
        self._chain = map_fields.chain(visit)
        self._started: dict[int, Branch] = {}
        lines = [visit.branch.place.line(number) for number in range(len(items))]
        self._waiting = deque(number for number, line in enumerate(lines) if not line.is_through)

    def run(self, most: int) -> list[Any]:
        """Run all, so many at a time: each thread takes the next item when it is through.

        A redrive leaves alone what has succeeded before.
        """
        first = [self._start(self._outer.last) for _ in range(min(most, len(self._waiting)))]
        self._together.run([partial(self._work, number) for number in first])
        return [self._outer.place.line(number).output for number in range(len(self._items))]

    def _start(self, last: int) -> int:
        """Take the next item, after the event `last`."""
        number = self._waiting.popleft()
        item = map_fields.map_item(number, self._items[number])
        branch = self._outer.line(
            number, self._chain, self._together.running, last=last, map_item=item
        )
        self._started[number] = branch
        branch.record("MapIterationStarted", **self._of(number))
        return number

    def _work(self, number: int) -> None:
        more = True
        while more:
            branch = self._started[number]
            try:
                self._visit.walk(self._chain, self._given[number], branch)
            except StateFailed as failure:
                self._together.fail(branch, failure, partial(self._tell_failed, number))
                return
            with self._outer.execution.history.lock:
                self._outer.last = branch.beside("MapIterationSucceeded", **self._of(number))
                more = bool(self._waiting)
                if more:
                    number = self._start(branch.last)

    def _tell_failed(self, failed: int) -> None:
        """One iteration has failed, the others under way are aborted."""
        last = self._outer.last
        for number, branch in sorted(self._started.items()):
            if not branch.place.is_through:
                kind = "MapIterationFailed" if number == failed else "MapIterationAborted"
                branch.beside(kind, last, **self._of(number))
                branch.tell_aborted(last, has_failed=number == failed)

    def _of(self, number: int) -> dict[str, Any]:
        return {"index": number, "name": self._visit.state.name}
