"""What a page lists: its calls, and the results that a new clone goes on from."""

from __future__ import annotations

from collections.abc import Iterator

from tests.fault_matrix.page import IMPOSSIBLE, INCIDENTS, MARKS, RUN
from tests.fault_matrix.results import Result


def listed_calls(text: str) -> set[str]:
    """The calls of a page, as `variant: state Decide lambda.Invoke`."""
    return {row for row, _, _ in _of_calls(text)}


def listed_results(text: str) -> Iterator[Result]:
    """The results of a page, of which red ones tell no more than that they are."""
    for row, column, shown in (*_of_calls(text), *_of_incidents(text)):
        if shown in (IMPOSSIBLE, MARKS["missing"]):
            continue
        outcome = shown.removesuffix(MARKS["red"])
        problems = () if outcome == shown else ("The page says that it is not green.",)
        yield Result(row, column, outcome, problems, seconds=0)


def _of_calls(text: str) -> Iterator[tuple[str, str, str]]:
    """Row, column and what is shown there."""
    for title, (head, *rows) in _tables(text):
        if title.startswith(RUN):
            for call, *cells in rows:
                for column, shown in zip(head[1:], cells, strict=True):
                    yield f"{title.removeprefix(RUN)}: {call}", column, shown


def _of_incidents(text: str) -> Iterator[tuple[str, str, str]]:
    for title, (_, *rows) in _tables(text):
        if title == INCIDENTS:
            yield from ((where, what, shown) for where, what, shown in rows)


def _tables(text: str) -> Iterator[tuple[str, list[list[str]]]]:
    """The table below each title, its head first."""
    _, *sections = text.split("\n## ")
    for section in sections:
        title, *lines = section.splitlines()
        rows = [line.strip("|").split("|") for line in lines if line.startswith("| ")]
        if rows:
            yield title, [[cell.strip() for cell in row] for row in rows]
