"""The page of the fault matrix keeps its results: a clone that has none goes on from them."""

from __future__ import annotations

from tests.fault_matrix.cells import Cell, cells_of
from tests.fault_matrix.discovery import WorkflowCall
from tests.fault_matrix.incidents import incidents
from tests.fault_matrix.listed import listed_calls, listed_results
from tests.fault_matrix.page import page
from tests.fault_matrix.results import Result

CALL = WorkflowCall("function", "Decide", "s3", "GetObject")
CALLS = {"update": [WorkflowCall("state", "Decide", "lambda", "Invoke"), CALL]}
CELLS: list[Cell] = [*cells_of(CALLS), *incidents(CALLS)]


def _result(cell: Cell, *problems: str) -> Result:
    return Result(cell.row, cell.column, cell.expected.outcome, problems, 1.5)


def test_what_a_page_shows_green_is_read_as_green() -> None:
    results = {cell.id: _result(cell) for cell in CELLS}
    listed = {result.id: result for result in listed_results(page(CELLS, results))}
    assert listed.keys() == results.keys()
    assert all(result.green for result in listed.values())
    assert {name: result.outcome for name, result in listed.items()} == {
        name: result.outcome for name, result in results.items()
    }


def test_red_stays_red_and_what_nobody_played_has_no_result() -> None:
    call, incident = CELLS[0], CELLS[-1]
    results = {call.id: _result(call, "Two models are left."), incident.id: _result(incident)}
    listed = {result.id: result.green for result in listed_results(page(CELLS, results))}
    assert listed == {call.id: False, incident.id: True}


def test_the_calls_of_a_page_are_those_of_its_runs() -> None:
    assert listed_calls(page(CELLS, {})) == {f"update: {call}" for call in CALLS["update"]}
