"""`retune check`."""

import json
from typing import Annotated

import typer
from tuning.prices.sentences import endpoint_price
from tuning.report.formats import duration
from tuning.variables.cost_bound import CostBound

from retune.aws import Aws
from retune.execution_input import input_check
from retune.execution_input.document import read_source
from retune.options import StackName, Written
from retune.output.listed import Format
from retune.output.terminal import write, write_labelled
from retune.stack import DEFAULT_STACK

REFUSED = 2  # the exit code of an input that cannot be used


Source = Annotated[
    str | None,
    typer.Argument(metavar="INPUT", help="JSON or YAML file, - for stdin; without it, {}."),
]


def check(
    source: Source = None,
    format: Written = Format.TABLE,
    stack: StackName = DEFAULT_STACK,
) -> None:
    """Check an execution input or a model's file, and its data, without starting anything.

    Does what the state PlanTuning does: the document, a sample of the data, the parents of a warm
    start. Without a deployed stack the document alone is checked, and that is said. A fault of a
    model's file has its line. Exit code 2 when the input would be refused.

        retune check models/bank.yaml
        retune check examples/freeze.json
        retune space xgboost | retune check - --format json
    """
    found = input_check.check(Aws(), stack, read_source(source))
    if format is Format.JSON:
        write(json.dumps(found.to_document(), indent=2))
    else:
        _write(found)
    if found.faults:
        raise typer.Exit(REFUSED)


def _write(found: input_check.Findings) -> None:
    for label, color, lines in (
        ("Fault", "red", found.faults),
        ("Warning", "yellow", found.warnings),
        ("Not checked", "blue", found.not_checked),
    ):
        for line in lines:
            write_labelled(label, color, line)
    if found.cost_bound is not None:
        _write_bound(found.cost_bound)


def _write_bound(bound: CostBound) -> None:
    write(
        f"No fault. It can train for at most {bound.instance_seconds} instance-seconds "
        f"({duration(bound.instance_seconds)}) on {', '.join(bound.instance_types)}."
    )
    write(f"At most that costs: {bound.cost}. Transform jobs are not in it.")
    if bound.endpoint_instance_hour is not None:
        write(f"The endpoint, as long as it is there: {endpoint_price(bound)}.")
