"""`retune compare`."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated, Any

import typer
from rich.table import Table
from tuning.report.formats import hyperparameter, metric

from retune.aws import Aws
from retune.completion import executions
from retune.executions.run_facts import Facts, read_facts
from retune.options import StackName, Written
from retune.output.listed import Format, new_table, write_json, write_table
from retune.output.terminal import write
from retune.stack import DEFAULT_STACK, find_stack

_HELP = "Name or ARN of an execution, or name of a tuning job."
One = Annotated[str, typer.Argument(metavar="RUN", help=_HELP, autocompletion=executions)]
Other = Annotated[str, typer.Argument(metavar="RUN", help="Another.", autocompletion=executions)]
Different = Annotated[bool, typer.Option("--different", help="Only what differs.")]

DIFFERS = "≠"


def compare(
    one: One,
    other: Other,
    different: Different = False,
    format: Written = Format.TABLE,
    stack: StackName = DEFAULT_STACK,
) -> None:
    """Show two runs side by side: search, ranges, best, test channel, data and outcome.

    What differs is marked. Two runs have the same data, or the same settings, when the digests are
    the same; two scores can be compared when the version of the test channel is.

        retune compare 2026-11-24-031500-3f2a 2026-12-01-031500-9c1e --different
        retune compare retune-261124-1a2b3c4d-00 retune-261201-5e6f7a8b-00 --format json
    """
    aws = Aws()
    found = find_stack(aws, stack)
    runs = {name: read_facts(aws, found, name) for name in (one, other)}
    if format is Format.JSON:
        write_json([{"Name": name, **facts} for name, facts in runs.items()])
        return
    rows = [row for row in _rows(runs[one], runs[other]) if row.differs or not different]
    if rows:
        write_table(_table(one, other, rows))
    else:
        write("Nothing differs.", err=True)


@dataclass(frozen=True)
class Row:
    """A fact of both runs."""

    section: str
    fact: str
    one: Any
    other: Any

    @property
    def differs(self) -> bool:
        return bool(self.one != self.other)


def _rows(one: Facts, other: Facts) -> Iterator[Row]:
    for section in dict.fromkeys([*one, *other]):
        left, right = one.get(section, {}), other.get(section, {})
        for fact in dict.fromkeys([*left, *right]):
            yield Row(section, fact, left.get(fact), right.get(fact))


def _table(one: str, other: str, rows: list[Row]) -> Table:
    """The facts below their sections."""
    table = new_table()
    for heading in ("", "", one, other):
        table.add_column(heading, overflow="fold")
    for section, facts in groupby(rows, key=lambda row: row.section):
        table.add_row("", section, style="bold")
        for row in facts:
            mark = DIFFERS if row.differs else ""
            table.add_row(mark, row.fact, _shown(row.one), _shown(row.other))
    return table


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "–"  # noqa: RUF001
    return metric(value) if isinstance(value, float) else hyperparameter(str(value))
