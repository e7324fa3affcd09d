"""One cell of the matrix: a run of the workflow in which something is made to go wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.fault_matrix.discovery import WorkflowCall, own_calls
from tests.fault_matrix.expectation import Expected, expected_of
from tests.fault_matrix.kinds import KINDS
from tests.fault_matrix.stack import Stack
from tests.fault_matrix.variant import Variant, filled
from tests.fault_matrix.variants import BY_NAME


@dataclass(frozen=True)
class Cell:
    """`row` and `column` are its place in the table.

    `fault` is the rule of what goes wrong, with `call` or with work; None when the variant itself
    is what goes wrong.
    """

    row: str
    column: str
    variant: Variant
    fault: dict[str, Any] | None
    expected: Expected
    call: WorkflowCall | None = None

    @property
    def id(self) -> str:
        return f"{self.row}: {self.column}"

    def rules(self, stack: Stack) -> list[dict[str, Any]]:
        """The fault, and what makes the variant fail."""
        own = [self.fault] if self.fault else []
        return [filled(rule, stack) for rule in (*own, *self.variant.faults)]


def cells_of(calls: dict[str, list[WorkflowCall]]) -> Iterator[Cell]:
    """Each call with each kind of fault, once."""
    for name, made in own_calls(calls).items():
        variant = BY_NAME[name]
        for call in made:
            for kind in (kind for kind in KINDS if kind.fits(call)):
                expected = expected_of(variant, call, kind)
                fault = kind.rule | call.pattern("{prefix}")
                yield Cell(f"{name}: {call}", kind.name, variant, fault, expected, call)
