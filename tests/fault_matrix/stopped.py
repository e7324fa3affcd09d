"""A person stops the execution at each of its states, or starts a second one beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tests.fault_matrix.cells import Cell
from tests.fault_matrix.discovery import WorkflowCall
from tests.fault_matrix.expectation import Expected
from tests.fault_matrix.people import stop_at
from tests.fault_matrix.stack import Stack
from tests.fault_matrix.variant import Variant, task
from tests.fault_matrix.variants import BY_NAME

_UNDONE_DIFFERENTLY = ("DeployEndpoint",)  # without a champion
# After these the new model has answered as it must, and stays.
_AFTER_PROOF = ("ScaleEndpoint", "WriteReport", "Prune", "Notify")


def stopped(calls: dict[str, list[WorkflowCall]]) -> Iterator[Cell]:
    """A person stops the execution at each state that calls something."""
    seen: set[tuple[str, bool]] = set()
    for name, made in calls.items():
        variant = BY_NAME[name]
        if variant.aborted or name.endswith("lost"):
            continue
        for state in dict.fromkeys(call.name for call in made if call.caller == "state"):
            key = (state, variant.champion or state not in _UNDONE_DIFFERENTLY)
            if key not in seen:
                seen.add(key)
                yield _stopped_at(variant, state)


def _stopped_at(variant: Variant, state: str) -> Cell:
    hang = task(state, "*", "timeout", times=1, seconds=2)
    stop = stop_at(state)

    def meanwhile(stack: Stack, execution: str) -> None:
        if variant.meanwhile and state != "AwaitApproval":
            variant.meanwhile(stack, execution)
        stop(stack, execution)

    stopped = replace(variant, outcome="Cancelled", meanwhile=meanwhile)
    expected = Expected("Cancelled", "The data was wrong.")
    if variant.outcome == "Deployed" and state in _AFTER_PROOF:
        expected = replace(expected, serves="new", leaves="any")
    return Cell(f"{variant.name}: stopped at {state}", "stopped", stopped, hang, expected)


def two_at_once() -> Cell:
    """The second execution is started beside the first; one model serves in the end."""
    first = BY_NAME["first"]

    def another(stack: Stack, execution: str) -> None:
        other = stack.start(first.document(stack))
        stack.finish(other)

    both = replace(first, champion=True, meanwhile=another)
    end = Expected("Deployed or EndpointSuperseded", serves="new", leaves="any")
    return Cell("two executions at once", "same endpoint", both, None, end)
