"""`retune history`."""

import textwrap

from tuning.report.formats import metric

from retune.aws import Aws
from retune.executions.history import PastRun, endpoint_named, past_runs
from retune.options import Last, StackName, WhoseRuns, Written
from retune.output import listed, terminal
from retune.output.listed import Format
from retune.output.markdown_table import MarkdownTable
from retune.stack import DEFAULT_STACK, find_stack

_INDENT = " " * 4


def history(
    name: WhoseRuns = None,
    format: Written = Format.TABLE,
    last: Last = 20,
    stack: StackName = DEFAULT_STACK,
) -> None:
    """Show the runs of a model or an endpoint, newest first.

    With outcome, verdict, both scores on the test channel and what training has cost. Step
    Functions forgets executions after 90 days; what they found stays in `runs/` of the data bucket.

        retune history bank
        retune history bank --format json --last 100
    """
    aws = Aws()
    found = find_stack(aws, stack)
    endpoint = endpoint_named(found, name) if name else None
    runs = past_runs(aws, found, endpoint, last)
    if format is Format.JSON:
        listed.write_json([run.as_document() for run in runs])
    elif runs:
        _show(runs)
    else:
        whose = f" for the endpoint {endpoint!r}" if endpoint else ""
        terminal.write(f"The stack {stack!r} has no run{whose} of the last 90 days.", err=True)


def _show(runs: list[PastRun]) -> None:
    """A table for a file; on a terminal, which is too narrow for it, lines."""
    console = terminal.Terminal()
    if console.fits:
        terminal.write("\n".join(_lines(run, console.width) for run in runs))
    else:
        listed.write_table(_table(runs))


def _lines(run: PastRun, width: int) -> str:
    """When, where, how it ended and what it took, and below that why."""
    facts = (f"{run.execution.started:%Y-%m-%d %H:%M}", run.endpoint, run.outcome)
    why = textwrap.wrap(
        _why(run),
        width,
        initial_indent=_INDENT,
        subsequent_indent=_INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(["  ".join(facts), *why, *([f"{_INDENT}{run.cost}"] if run.cost else [])])


def _why(run: PastRun) -> str:
    return run.sentence.split("\n")[0]


def _table(runs: list[PastRun]) -> MarkdownTable:
    table = MarkdownTable()
    for header in ("Started", "Endpoint", "Outcome", "Candidate", "Champion", "Cost", "Why"):
        table.add_column(header, overflow="fold")
    for run in runs:
        table.add_row(
            f"{run.execution.started:%Y-%m-%d %H:%M}",
            run.endpoint,
            run.outcome,
            *(metric(score) if score is not None else "" for score in run.scores),
            run.cost,
            _why(run),
        )
    return table
