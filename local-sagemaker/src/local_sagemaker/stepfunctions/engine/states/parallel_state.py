"""Parallel: branches that run side by side on the same input."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from local_sagemaker.stepfunctions.definition.machine import read_chain
from local_sagemaker.stepfunctions.engine.data_flow import arguments, effective_input, with_result
from local_sagemaker.stepfunctions.engine.outcome import Outcome
from local_sagemaker.stepfunctions.engine.side_by_side import SideBySide
from local_sagemaker.stepfunctions.failure import StateFailed

if TYPE_CHECKING:
    from local_sagemaker.stepfunctions.engine.visit import Visit


def perform(visit: Visit) -> Outcome:
    """The outputs of the branches, in their order. A redrive leaves alone what has succeeded."""
    given = arguments(visit, effective_input(visit))
    return with_result(visit, visit.work(lambda: _run(visit, given)))


def _run(visit: Visit, given: Any) -> list[Any]:
    outer = visit.branch
    outer.record("ParallelStateStarted")
    visit.forked = True
    together = SideBySide(outer)
    chains = [read_chain(said, visit.branch.chain.language) for said in visit.said["Branches"]]
    branches = [outer.line(number, chain, together.running) for number, chain in enumerate(chains)]

    def tell_failed(failed: int) -> None:
        for number, branch in enumerate(branches):
            branch.tell_aborted(outer.last, has_failed=number == failed)

    def run(number: int) -> None:
        try:
            visit.walk(chains[number], given, branches[number])
        except StateFailed as failure:
            together.fail(branches[number], failure, partial(tell_failed, number))
        else:
            together.through(branches[number])

    waiting = [number for number, branch in enumerate(branches) if not branch.place.is_through]
    together.run([partial(run, number) for number in waiting])
    visit.forked = False
    outer.beside("ParallelStateSucceeded")
    return [branch.place.output for branch in branches]
