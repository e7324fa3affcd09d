"""Plays cells on one stack, and sees that running again succeeds after each of them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from tuning.failure.outcomes import OUTCOMES

from tests.fault_matrix.cells import Cell
from tests.fault_matrix.checks import Run, State, problems
from tests.fault_matrix.discovery import WorkflowCall, calls_since, last_number
from tests.fault_matrix.expectation import clean_end
from tests.fault_matrix.observation import resources, running_jobs, serving
from tests.fault_matrix.results import Result
from tests.fault_matrix.stack import Stack
from tests.fault_matrix.variant import Variant
from tests.fault_matrix.variants import BY_NAME

_LIMIT_SECONDS = 240  # a tuning job may end no sooner than after 120
_RECOVERY_SECONDS = 40  # of one that an event starts


@dataclass
class Player:
    """`_pending` are the results of failures after which nothing has succeeded yet.

    `_serves` is the variant whose run has brought what serves; None after one that went wrong.
    """

    stack: Stack
    _serves: Variant | None = None
    _pending: list[Result] = field(default_factory=list)

    def play(self, cells: Iterable[Cell]) -> Iterator[Result]:
        """The results, each as soon as an execution after it has succeeded, or has not.

        A cell that must succeed is the second run of those before it; at the end there is a clean
        one.
        """
        for cell in cells:
            yield from self.make_ready(cell.variant)
            result = self.play_one(cell)
            self._pending.append(result)
            if cell.expected.outcome in ("Deployed", "RolledBack"):
                yield from self._confirm(result)
        if self._pending:
            yield from self._confirm(self.play_one(clean_cell(BY_NAME["update"])))

    def _confirm(self, again: Result) -> list[Result]:
        """What was pending, now that `again` tells whether running again succeeds."""
        pending, self._pending = self._pending, []
        if not again.problems:
            return pending
        fault = f"Running again: {again.problems[0]}"
        return [
            result if result is again else replace(result, problems=(*result.problems, fault))
            for result in pending
        ]

    def make_ready(self, variant: Variant) -> Iterator[Result]:
        of_other_rows = self._serves is not None and self._serves.data != variant.data
        if of_other_rows or not variant.champion:
            self._delete_endpoint()
        now = serving(self.stack)
        if variant.champion and (now is None or now.status != "InService"):
            yield from self._confirm(self.play_one(clean_cell(BY_NAME["first"])))
        if variant.before and self._serves not in (variant.before, _again(variant)):
            yield from self._confirm(self.play_one(clean_cell(variant.before)))

    def _delete_endpoint(self) -> None:
        if serving(self.stack) is not None:
            self.stack.client("sagemaker").delete_endpoint(EndpointName=self.stack.endpoint)
            self.stack.wait(lambda: serving(self.stack) is None)

    def play_one(self, cell: Cell) -> Result:
        started = time.monotonic()
        run, hits = self._run(cell)
        found = list(problems(cell.expected, run))
        if cell.fault and not hits:
            found.append("The fault met nothing.")
        of_function = cell.call if cell.call and cell.call.caller == "function" else None
        if of_function and cell.fault and cell.fault["times"] is None:
            self.stack.restart(of_function.name)
        if run.before.serving != run.after.serving:
            as_it_must = not found and run.outcome == cell.variant.outcome
            self._serves = cell.variant if as_it_must else None
        seconds = round(time.monotonic() - started, 1)
        return Result(cell.row, cell.column, run.outcome, tuple(found), seconds)

    def _run(self, cell: Cell) -> tuple[Run, int]:
        stack, variant = self.stack, cell.variant
        assert stack.queue  # subscribed before there is something to hear
        before, strays = self._state(), running_jobs(stack)
        rules = stack.inject(cell.rules(stack))
        try:
            execution = stack.start(variant.document(stack))
            if variant.meanwhile:
                variant.meanwhile(stack, execution)
            if cell.expected.done_again:
                self._do_again(cell, execution, rules)
            described = self._finish(execution, cell)
        finally:
            hits = stack.withdraw(rules)
        if cell.expected.outcome == "Deployed":
            strays = []  # its Prune stops also what those before it could not
        patience = 10 if cell.expected.leaves == "any" else _LIMIT_SECONDS
        stack.wait(lambda: set(running_jobs(stack)) <= set(strays), patience)
        stack.wait(self._settled, 20)
        run = Run(
            described,
            before,
            self._state(),
            stack.messages(execution),
            sorted(set(running_jobs(stack)) - set(strays)),
            stack.is_undelivered(execution),
        )
        return run, hits[rules[0]] if cell.fault else 0

    def _finish(self, execution: str, cell: Cell) -> dict[str, object]:
        described = self.stack.finish(execution, _LIMIT_SECONDS)
        if described["status"] == "RUNNING":
            self.stack.client("stepfunctions").stop_execution(executionArn=execution)
            return {**described, "error": "Unfinished"}
        if described["status"] == "ABORTED" or described.get("error") not in (None, *OUTCOMES):
            self.stack.wait(lambda: bool(self.stack.messages(execution)), _RECOVERY_SECONDS)
            self.stack.wait(lambda: not self.stack.recoveries(execution, "RUNNING"))
        return described

    def _do_again(self, cell: Cell, execution: str, rules: list[str]) -> None:
        """What was done is lost: only a person, or the next sweep, can do it once more."""
        self.stack.wait(lambda: self.stack.is_quiet(rules[0]), 30)
        self.stack.remove(rules[0])
        assert cell.variant.meanwhile
        cell.variant.meanwhile(self.stack, execution)

    def _settled(self) -> bool:
        now = serving(self.stack)
        return now is None or now.status in ("InService", "Failed")

    def _state(self) -> State:
        return State(serving(self.stack), resources(self.stack))


def _again(variant: Variant) -> Variant | None:
    """Itself where it can follow itself: a rollback has one before it that can be gone back to."""
    return variant if variant.outcome == "RolledBack" else None


def clean_cell(variant: Variant) -> Cell:
    """The variant without a fault."""
    return Cell(f"{variant.name}: nothing goes wrong", "clean", variant, None, clean_end(variant))


def record(player: Player, variants: Iterable[Variant]) -> dict[str, list[WorkflowCall]]:
    """The calls of a clean run of each variant.

    Raises AssertionError when one does not end as it must without faults.
    """
    made = {}
    for variant in variants:
        list(player.make_ready(variant))
        number = last_number(player.stack)
        result = player.play_one(clean_cell(variant))
        assert result.green, result
        made[variant.name] = calls_since(player.stack, number)
    return made
