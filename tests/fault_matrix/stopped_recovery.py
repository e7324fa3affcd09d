"""A person stops a recovery in the middle, by itself or with the execution that waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.fault_matrix.cells import Cell
from tests.fault_matrix.discovery import WorkflowCall
from tests.fault_matrix.expectation import Expected, clean_end
from tests.fault_matrix.people import Deed, stop, sweep, wait_until_at
from tests.fault_matrix.stack import Stack
from tests.fault_matrix.variant import Variant
from tests.fault_matrix.variants import BY_NAME


def stopped_recovery(calls: dict[str, list[WorkflowCall]]) -> Iterator[Cell]:
    """At each state of the recovery that calls something; what is undone is undone all the same."""
    for name in ("unhealthy", "first unhealthy"):
        failing = BY_NAME[name]
        for state in _states(calls.get(name, [])):
            cancelled = Expected("Cancelled or EndpointUnhealthy")
            yield _cell(failing, state, "with the execution", _stop_both(state), cancelled)
            # The execution, which waits for it, starts another.
            yield _cell(failing, state, "alone", _stop_recovery(state), clean_end(failing))
    for state in _states(calls.get("aborted", [])):
        aborted = BY_NAME["aborted"]
        deed = _stop_recovery(state, then_sweep=True)
        yield _cell(aborted, state, "alone, and the sweep comes", deed, clean_end(aborted))


def _states(made: list[WorkflowCall]) -> list[str]:
    return list(dict.fromkeys(call.name for call in made if call.caller == "recovery"))


def _cell(variant: Variant, state: str, column: str, deed: Deed, expected: Expected) -> Cell:
    caller = f"states.{{prefix}}-recovery.{state}"
    hang: dict[str, Any] = {"kind": "timeout", "caller": caller, "operation": "*"}
    before = variant.meanwhile

    def meanwhile(stack: Stack, execution: str) -> None:
        if before:
            before(stack, execution)
        deed(stack, execution)

    stopped = replace(variant, outcome=expected.outcome, meanwhile=meanwhile)
    row = f"{variant.name}: recovery stopped at {state}"
    return Cell(row, column, stopped, hang | {"times": 1, "seconds": 2}, expected)


def _running_recovery(stack: Stack, execution: str) -> str:
    found: list[str] = []

    def runs() -> bool:
        found[:] = stack.recoveries(execution, "RUNNING")
        return bool(found)

    assert stack.wait(runs, 60), "no recovery was started"
    return found[0]


def _stop_both(state: str) -> Deed:
    def deed(stack: Stack, execution: str) -> None:
        wait_until_at(stack, _running_recovery(stack, execution), state)
        stop(stack, execution)

    return deed


def _stop_recovery(state: str, *, then_sweep: bool = False) -> Deed:
    def deed(stack: Stack, execution: str) -> None:
        recovery = _running_recovery(stack, execution)
        wait_until_at(stack, recovery, state)
        stop(stack, recovery)
        if then_sweep:
            sweep(stack)

    return deed
