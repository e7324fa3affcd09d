"""`retune split`."""

import json
import shlex
from collections import Counter
from typing import Annotated

import typer
from preparation.row_split import RowSplit
from rich.table import Table
from tuning.data.table import Columns

from retune.errors import FailedError, InputError
from retune.output.terminal import Terminal, write, write_labelled
from retune.tables.channel_target import target_of
from retune.tables.table_source import source_of
from retune.tables.table_split import TableSplit, split_table

SOURCE = "SOURCE"
Source = Annotated[str, typer.Argument(help="File or folder, here or s3://bucket/folder/.")]
Target = Annotated[str, typer.Argument(help="Empty folder for the channels, here or in S3.")]
Test = Annotated[float, typer.Option(help="Share of the rows that decides who serves.")]
Validation = Annotated[float, typer.Option(help="Share of the rows that tuning judges by.")]
Group = Annotated[
    str | None,
    typer.Option(metavar="COLUMN", help="Rows with one value of it stay together; of libsvm, qid."),
]
Label = Annotated[
    str | None,
    typer.Option(metavar="COLUMN", help="Whose classes are counted; without a header, the first."),
]
Header = Annotated[
    bool | None,
    typer.Option("--header/--no-header", help="Whether CSV has one; else it is found out."),
]
Salt = Annotated[str, typer.Option(help="Any text: another one splits anew.")]


def split(
    source: Source,
    target: Target,
    test: Test = 0.2,
    validation: Validation = 0.2,
    group: Group = None,
    label: Label = None,
    header: Header = None,
    salt: Salt = "",
) -> None:
    """Split a table into the channels train, validation and test.

    A hash of its content decides where a row goes: equal rows stay together, and what is added
    later moves no earlier row, so that a test row stays one. With --group a column decides: all
    rows of a customer go to one channel. COLUMN is a name of the header or a number from 0.
    Reads CSV, libsvm and recordio-protobuf, row by row; for S3 the channels are written to the
    folder for temporary files first. Prints the channels for an execution input.

        retune split table.csv runs/channels
        retune split s3://my-bucket/table/ s3://my-bucket/data/ --test 0.1 --group customer
    """
    try:
        by = RowSplit(test, validation, salt)
    except ValueError as fault:
        raise InputError(f"--test {test} and --validation {validation}: {fault}.") from None
    placed = target_of(target, source, SOURCE)
    try:
        with placed.staging() as folder:
            columns = Columns(header, group, label)
            found = split_table(source_of(source, SOURCE), by, columns, folder)
            placed.put(folder)
    except OSError as error:
        raise FailedError(f"Nothing is left in {target}: {error}") from error
    _tell(found, target)
    write(json.dumps({"Channels": {name: placed.uri(name) for name in found.channels}}, indent=2))


def _tell(found: TableSplit, target: str) -> None:
    Terminal(stderr=True).print(_table(found))
    for name, channel in found.channels.items():
        for missing in sorted(set(found.classes) - set(channel.labels or ())):
            text = f"{name} has no row with the label {missing}."
            write_labelled("Warning", "yellow", text, err=True)
    if found.table.header:
        text = "Each file begins with the header, which the built-in algorithms do not take."
        write_labelled("Warning", "yellow", text, err=True)
    if not target.startswith("s3://"):
        text = f"Upload them with `aws s3 cp --recursive {shlex.quote(target)} s3://BUCKET/data/`."
        write(f"{text} In the data bucket a run finds them there by itself.", err=True)


def _table(found: TableSplit) -> Table:
    table = Table("Channel")
    for heading in ("Rows", "Share", *(f"Label {label}" for label in found.classes)):
        table.add_column(heading, justify="right")
    for name, channel in found.channels.items():
        labels = channel.labels or Counter()
        counts = [str(labels.get(label, 0)) for label in found.classes]
        table.add_row(name, str(channel.rows), f"{channel.rows / found.rows:.1%}", *counts)
    return table
