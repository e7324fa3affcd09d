"""`retune models`."""

import textwrap
from datetime import UTC, datetime

from rich.table import Table
from tuning.report.formats import metric

from retune.aws import Aws
from retune.executions.models import DeployedModel, deployed_models
from retune.options import StackName, Written
from retune.output import listed, terminal
from retune.output.listed import Format
from retune.stack import DEFAULT_STACK, find_stack

_HEADINGS = ("Score", "Age", "Last run", "Next run", "This month")


def models(format: Written = Format.TABLE, stack: StackName = DEFAULT_STACK) -> None:
    """Show the deployed models: champion, its score and age, the last run, the next, the month.

    The score is that of the champion when it was last compared on the test channel; the money is
    what training has cost since the first of the month (UTC). Runs are sought among the newest 200.

        retune models
        retune models --format json
    """
    aws = Aws()
    now = datetime.now(UTC)
    found = deployed_models(aws, find_stack(aws, stack), now)
    none = f"The stack {stack!r} has no model. Add models/<name>.yaml and run `retune deploy`."
    console = terminal.Terminal()
    if format is Format.TABLE and console.fits:
        text = "\n".join(_lines(model, now, console.width) for model in found)
        terminal.write(text or none, err=not found)
        return
    listed.write([each.as_document() for each in found], format, lambda: _table(found, now), none)


def _lines(model: DeployedModel, now: datetime, width: int) -> str:
    """The champion with its whole name, to be copied, and below it how the model stands."""
    facts = zip(_HEADINGS, _cells(model, now), strict=True)
    said = ", ".join(f"{heading.lower()} {cell}" for heading, cell in facts if cell)
    indent = " " * 4
    below = textwrap.wrap(said, width, initial_indent=indent, subsequent_indent=indent)
    return "\n".join([f"{model.name}  {model.champion or 'no champion'}", *below])


def _table(found: list[DeployedModel], now: datetime) -> Table:
    table = listed.new_table()
    for heading in ("Model", "Champion", *_HEADINGS):
        table.add_column(heading, overflow="fold")
    for model in found:
        table.add_row(model.name, model.champion or "none", *_cells(model, now))
    return table


def _cells(model: DeployedModel, now: datetime) -> tuple[str, ...]:
    """Below each of the headings."""
    last = model.last_run
    return (
        metric(model.score) if model.score is not None else "",
        _age(model.since, now),
        f"{last.outcome} {last.execution.started:%Y-%m-%d}" if last else "never",
        f"{model.next_run:%Y-%m-%d %H:%M}" if model.next_run else "off",
        _month(model),
    )


def _age(since: datetime | None, now: datetime) -> str:
    """Whole days."""
    return f"{(now - since).days} d" if since else ""


def _month(model: DeployedModel) -> str:
    cost = model.this_month
    return "unknown" if cost.amount is None else cost.short
