"""Which rows have judged candidates for an endpoint, and how many: looks.json of its folder."""

from __future__ import annotations

from tuning.variables.variable import Variable


class RowSketch(Variable):
    """A test channel's rows, told by the smallest hashes of their content."""

    rows: int  # that differ
    smallest: tuple[str, ...]  # in order, 12 hex digits each


class Look(Variable):
    """An execution that has compared a candidate with the champion on these rows.

    `number` is its candidate's place among all that rows like these have judged, from 1.
    """

    execution: str
    candidates: int  # that it chose from by these rows: TopK
    number: int


class JudgedRows(Variable):
    """A test channel as it was, and the executions that looked at it."""

    sketch: RowSketch
    looks: tuple[Look, ...]


class JudgedRowsRecord(Variable):
    """All test channels that have judged for one endpoint, the one used last at the end."""

    judged: tuple[JudgedRows, ...] = ()
