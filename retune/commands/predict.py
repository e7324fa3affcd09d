"""`retune predict`."""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from preparation.description import Description
from tuning.report.csv_lines import csv_lines

from retune.aws import Aws
from retune.class_answers import PREDICTED, cells_of, columns_of
from retune.deployed_models import deployed_model
from retune.encoded_table import TableFile, encode_table
from retune.endpoint import predict as ask
from retune.feature_rows import (
    first_cells,
    is_number,
    label_number,
    labelled,
    read_rows,
    split_label,
)
from retune.options import DEFAULT_STACK, StackName
from retune.raw_table import is_parquet
from retune.served_description import served_description
from retune.stack import Stack, find_stack
from retune.table_source import source_of
from retune.terminal import write

TABLE = "TABLE"
Place = Annotated[
    str,
    typer.Argument(
        metavar=TABLE, help="CSV or Parquet: a file or a folder, here or in S3; - is stdin."
    ),
]
LabelColumn = Annotated[
    str | None,
    typer.Option(
        metavar="COLUMN",
        help="Holds what really happened: not sent, shown. A name, or a number from 0.",
    ),
]
NoHeader = Annotated[
    bool, typer.Option("--no-header", help="The rows are features, as training had them.")
]
EndpointName = Annotated[
    str | None, typer.Option(help="Endpoint to ask; without both, the stack's own.")
]
Model = Annotated[
    str | None, typer.Option("--model", help="Name of a deployed model, whose endpoint is asked.")
]


def predict(
    table: Place = "-",
    label_column: LabelColumn = None,
    no_header: NoHeader = False,
    model: Model = None,
    endpoint_name: EndpointName = None,
    stack: StackName = DEFAULT_STACK,
) -> None:
    """Ask the endpoint for predictions.

    Where `retune prepare` has made the model's channels, the table is raw as it was then, with a
    header: it is encoded as the model that serves now was trained. Prints CSV of the predicted
    class and the probability of each. Without a header, rows hold the features only, in the order
    of the training data: prints the endpoint's answer a line. With --label-column, for rows that
    still have their label, what really happened stands before it.

        retune predict customers.csv --label-column bought --model bank
        retune predict s3://my-bucket/new-customers/ --model bank > predicted.csv
        cut -d, -f2- validation.csv | retune predict --no-header
    """
    with _files(table) as files:
        aws = Aws()
        name = endpoint_name or _endpoint(find_stack(aws, stack), model)
        description = None if no_header else served_description(aws, name)
        if description and _is_raw(files[0], description):
            _predict_table(aws, name, files, description, label_column)
        else:
            _predict_rows(aws, name, files, label_column)


def _predict_table(
    aws: Aws,
    endpoint_name: str,
    files: Sequence[TableFile],
    description: Description,
    label_column: str | None,
) -> None:
    encoded, label = encode_table(files, description, label_column), description.label
    for note in encoded.notes:
        write(note, err=True)
    labels = encoded.labels
    for number, answer in enumerate(ask(aws, endpoint_name, encoded.rows)):
        if number == 0:
            actual = [] if labels is None else ["actual"]
            _write_cells([*actual, *columns_of(label, answer)])
        actual = [] if labels is None else [labels[number]]
        _write_cells([*actual, *cells_of(label, answer)])


def _predict_rows(
    aws: Aws, endpoint_name: str, files: Sequence[TableFile], label_column: str | None
) -> None:
    rows = [row for file in files for row in read_rows(file)]
    labels, features = split_label(rows, label_number(label_column))
    if label_column is not None:
        write(f"actual,{PREDICTED}")
    for label, answer in zip(labels, ask(aws, endpoint_name, features), strict=True):
        write(answer if label_column is None else labelled(label, answer))


def _endpoint(stack: Stack, model: str | None) -> str:
    """The model's, or the one of executions without a model."""
    if model is None:
        return stack.endpoint_name
    return str(deployed_model(stack, model)["Endpoint"]["EndpointName"])


@contextmanager
def _files(table: str) -> Iterator[list[TableFile]]:
    """The table's files on this machine; what was fetched goes with the context."""
    with tempfile.TemporaryDirectory(prefix="retune-table-") as folder:
        if table == "-":
            path = Path(folder) / "stdin"
            path.write_bytes(sys.stdin.buffer.read())
            yield [TableFile("stdin", path)]
        else:
            source = source_of(table, TABLE)
            yield [TableFile(name, source.fetch(name, Path(folder))) for name in source.names()]


def _is_raw(file: TableFile, description: Description) -> bool:
    """Whether it has a header: a first row that names a column, or that is none of numbers."""
    if is_parquet(file.path):
        return True
    cells = first_cells(file)
    known = {column.name for column in description.columns}
    return bool(known.intersection(cells)) or not all(map(is_number, cells))


def _write_cells(cells: list[str]) -> None:
    write(csv_lines([cells]).removesuffix("\n"))
