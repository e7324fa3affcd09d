"""`retune predict`."""

import csv
import io
import sys
from pathlib import Path
from typing import Annotated

import typer
from tuning.report.csv_lines import csv_lines

from retune.aws import Aws
from retune.deployed_models import deployed_model
from retune.endpoint import predict as ask
from retune.errors import InputError
from retune.options import DEFAULT_STACK, StackName
from retune.stack import Stack, find_stack
from retune.terminal import write

Rows = Annotated[str, typer.Argument(metavar="FILE", help="CSV without a header; - is stdin.")]
LabelColumn = Annotated[
    int | None,
    typer.Option(min=0, help="Column that holds what really happened, from 0: not sent, shown."),
]
EndpointName = Annotated[
    str | None, typer.Option(help="Endpoint to ask; without both, the stack's own.")
]
Model = Annotated[
    str | None, typer.Option("--model", help="Name of a deployed model, whose endpoint is asked.")
]


def predict(
    rows: Rows = "-",
    label_column: LabelColumn = None,
    model: Model = None,
    endpoint_name: EndpointName = None,
    stack: StackName = DEFAULT_STACK,
) -> None:
    """Ask the endpoint for predictions.

    Rows hold the features only, in the order of the training data. Prints a prediction a line.
    With --label-column, for rows that still have their label, prints
    CSV of what really happened and what was predicted.

        retune predict runs/customers.csv --label-column 0 --model bank
        cut -d, -f2- validation.csv | retune predict
    """
    labels, features = split_label(read_rows(rows), label_column)
    aws = Aws()
    answers = ask(aws, endpoint_name or _endpoint(find_stack(aws, stack), model), features)
    if label_column is not None:
        write("actual,predicted")
    for label, answer in zip(labels, answers, strict=True):
        write(answer if label_column is None else labelled(label, answer))


def _endpoint(stack: Stack, model: str | None) -> str:
    """The model's, or the one of executions without a model."""
    if model is None:
        return stack.endpoint_name
    return str(deployed_model(stack, model)["Endpoint"]["EndpointName"])


def labelled(label: str, answer: str) -> str:
    """A line of CSV: what really happened, and what was predicted, in one column or in several."""
    predicted = next(csv.reader([answer]), []) or [""]
    return csv_lines([[label, *predicted]]).removesuffix("\n")


def read_rows(source: str) -> list[str]:
    """The lines of a file or of stdin; InputError when there are none to read."""
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{source} cannot be read: {error}") from error
    rows = [line for line in text.splitlines() if line.strip()]
    if not rows:
        raise InputError(f"{'stdin' if source == '-' else source} holds no row.")
    _require_numbers(rows[0])
    return rows


def _require_numbers(row: str) -> None:
    """A header must not reach the endpoint, which might answer it like a customer."""
    for cell in row.split(","):
        try:
            float(cell or "nan")
        except ValueError:
            raise InputError(
                f"The first row holds {cell!r}, which is no number. Rows are CSV without a "
                "header, in the order of the training data."
            ) from None


def split_label(rows: list[str], column: int | None) -> tuple[list[str], list[str]]:
    """Labels and the rows without them; InputError names the row that lacks the column."""
    if column is None:
        return [""] * len(rows), rows
    labels, features = [], []
    for number, cells in enumerate(csv.reader(rows), start=1):
        if column >= len(cells):
            raise InputError(
                f"--label-column {column}: row {number} has {len(cells)} columns, counted from 0."
            )
        labels.append(cells.pop(column))
        features.append(_line(cells))
    return labels, features


def _line(cells: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue()
