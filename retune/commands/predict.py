"""`retune predict`."""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from preparation.description import Description

from retune.aws import Aws
from retune.completion import models
from retune.deployment.deployed_models import deployed_model
from retune.endpoints.class_answers import cells_of, columns_of
from retune.endpoints.endpoint import predict as ask
from retune.endpoints.predictions import Predicted, Prediction, answer_cells, write_predictions
from retune.endpoints.served_description import served_description
from retune.endpoints.served_width import served_width
from retune.options import StackName
from retune.output.terminal import write
from retune.stack import DEFAULT_STACK, Stack, find_stack
from retune.tables.encoded_table import TableFile, encode_table
from retune.tables.feature_rows import FeatureRows, first_cells, is_features, read_features
from retune.tables.json_rows import has_columns, is_json, read_json_rows
from retune.tables.raw_table import is_parquet
from retune.tables.table_source import source_of

TABLE = "TABLE"
Place = Annotated[
    str,
    typer.Argument(
        metavar=TABLE,
        help="CSV, JSON, libsvm or Parquet: a file or a folder, here or in S3; - is stdin.",
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
Written = Annotated[Predicted, typer.Option("--format", help="How to write them.")]
Model = Annotated[
    str | None,
    typer.Option(
        "--model", help="Name of a deployed model, whose endpoint is asked.", autocompletion=models
    ),
]


def predict(
    table: Place = "-",
    label_column: LabelColumn = None,
    no_header: NoHeader = False,
    model: Model = None,
    endpoint_name: EndpointName = None,
    format: Written = Predicted.CSV,
    stack: StackName = DEFAULT_STACK,
) -> None:
    """Ask the endpoint for predictions.

    Where `retune prepare` has made the model's channels, the table is raw as it was then: CSV with
    a header, Parquet, or JSON objects by column. It is encoded as the model that serves now was
    trained. Prints the predicted class and the probability of each.

    Rows without names hold the features only, in the order of the training data: CSV, libsvm, or
    JSON lists. A row of another width than the model's is refused. Prints the endpoint's answer a
    line. With --label-column, for rows that still have their label, what really happened stands
    before it.

        retune predict customers.csv --label-column bought --model bank
        retune predict s3://my-bucket/new-customers/ --model bank > predicted.csv
        echo '{"age": 41, "job": "admin."}' | retune predict --model bank --format json
        cut -d, -f2- validation.csv | retune predict --no-header
    """
    with _files(table) as files:
        aws = Aws()
        name = endpoint_name or _endpoint(find_stack(aws, stack), model)
        description = None if no_header else served_description(aws, name)
        if description and _is_raw(files[0], description):
            answers = _of_table(aws, name, files, description, label_column)
        else:
            features = read_features(files, label_column, served_width(aws, stack, name))
            answers = _of_rows(aws, name, features, is_labelled=label_column is not None)
        write_predictions(answers, format)


def _of_table(
    aws: Aws,
    endpoint_name: str,
    files: Sequence[TableFile],
    description: Description,
    label_column: str | None,
) -> Iterator[Prediction]:
    encoded, label = encode_table(files, description, label_column), description.label
    for note in encoded.notes:
        write(note, err=True)
    for number, answer in enumerate(ask(aws, endpoint_name, encoded.rows)):
        actual = None if encoded.labels is None else encoded.labels[number]
        yield Prediction(actual, cells_of(label, answer), columns_of(label, answer))


def _of_rows(
    aws: Aws, endpoint_name: str, features: FeatureRows, *, is_labelled: bool
) -> Iterator[Prediction]:
    answers = ask(aws, endpoint_name, features.rows, features.content_type)
    for label, answer in zip(features.labels, answers, strict=True):
        yield Prediction(label if is_labelled else None, answer_cells(answer))


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
    """Whether its rows have names: in a first row that names a column, or is none of numbers."""
    if is_parquet(file.path):
        return True
    if is_json(file.path):
        return has_columns(read_json_rows(file.name, file.path))
    known = {column.name for column in description.columns}
    return bool(known.intersection(first_cells(file))) or not is_features(file)
