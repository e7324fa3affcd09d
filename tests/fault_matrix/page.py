"""docs/fault-matrix.md: the results as tables with counts."""

from __future__ import annotations

from pathlib import Path

from tests.end_to_end.conftest import ROOT
from tests.fault_matrix.cells import Cell
from tests.fault_matrix.discovery import WorkflowCall
from tests.fault_matrix.results import Result

PAGE = Path(ROOT / "docs" / "fault-matrix.md")


def page(
    calls: dict[str, list[WorkflowCall]], cells: list[Cell], results: dict[str, Result]
) -> str:
    return f"{len(cells)}\n"
