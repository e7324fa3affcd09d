"""`retune models`."""

import json
from datetime import UTC, datetime
from typing import Annotated

import typer
from tuning.report.formats import metric

from retune import terminal
from retune.aws import Aws
from retune.markdown_table import MarkdownTable
from retune.models import DeployedModel, deployed_models
from retune.options import DEFAULT_STACK, Format, StackName
from retune.stack import find_stack

Written = Annotated[Format, typer.Option("--format", help="How to write them.")]

WIDE = 160  # columns of a table that is not read on a terminal


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
    if format is Format.JSON:
        terminal.write(json.dumps([model.as_document() for model in found], indent=2))
    elif found:
        console = terminal.Terminal()
        console.width = console.width if console.is_terminal else WIDE
        console.print(_table(found, now))
    else:
        terminal.write(
            f"The stack {stack!r} has no model. Add models/<name>.yaml and run `retune deploy`.",
            err=True,
        )


def _table(found: list[DeployedModel], now: datetime) -> MarkdownTable:
    table = MarkdownTable()
    for heading in ("Model", "Champion", "Score", "Age", "Last run", "Next run", "This month"):
        table.add_column(heading, overflow="fold")
    for model in found:
        last = model.last_run
        table.add_row(
            model.name,
            model.champion or "none",
            metric(model.score) if model.score is not None else "",
            _age(model.since, now),
            f"{last.outcome} {last.execution.started:%Y-%m-%d}" if last else "never",
            f"{model.next_run:%Y-%m-%d %H:%M}" if model.next_run else "off",
            _month(model),
        )
    return table


def _age(since: datetime | None, now: datetime) -> str:
    """Whole days."""
    return f"{(now - since).days} d" if since else ""


def _month(model: DeployedModel) -> str:
    cost = model.this_month
    return "unknown" if cost.amount is None else cost.short
