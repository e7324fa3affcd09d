"""`retune prepare`."""

import json
import shlex
import tempfile
from pathlib import Path, PurePosixPath
from typing import Annotated

import typer
from preparation.description import BINARY, FILE_NAME, MULTICLASS, REGRESSION, Split
from preparation.encoder import ORDERS
from preparation.engine.loading import Source
from preparation.engine.prepare import Prepared
from preparation.engine.prepare import prepare as prepare_table
from preparation.engine.splitting import GROUP, ROW, TIME
from preparation.errors import TableError
from preparation.request import Request
from preparation.row_split import RowSplit

from retune.aws import Aws
from retune.errors import FailedError, InputError
from retune.execution_input.suggested_input import suggested_input
from retune.options import StackName
from retune.output.step_progress import Tell, step_progress
from retune.output.terminal import Terminal, write, write_labelled
from retune.stack import DEFAULT_STACK, find_stack
from retune.tables.channel_target import target_of
from retune.tables.prepared_tables import channels_table, columns_table, hidden_columns
from retune.tables.table_source import source_of

TABLE = "TABLE"
_PREPARED = "prepared"  # in the data bucket: a folder for each table, since data/ may be a model's
Place = Annotated[
    str,
    typer.Argument(
        metavar=TABLE, help="CSV with a header or Parquet: a file or a folder, here or in S3."
    ),
]
Target = Annotated[
    str | None,
    typer.Argument(
        help="Empty folder for the channels, here or in S3; without it, one in the stack's bucket."
    ),
]
Label = Annotated[str, typer.Option(metavar="COLUMN", help="What is predicted.")]
Task = Annotated[
    str | None,
    typer.Option(help="binary, multiclass or regression; without it, by the label's values."),
]
Positive = Annotated[
    str | None,
    typer.Option(metavar="VALUE", help="Of two classes, whose probability is predicted."),
]
Drop = Annotated[
    list[str] | None,
    typer.Option(metavar="COLUMN", help="Leave it out; may be given more than once."),
]
Text = Annotated[
    list[str] | None,
    typer.Option(metavar="COLUMN", help="Its numbers are names, such as codes; more than once."),
]
Dates = Annotated[
    list[str] | None,
    typer.Option(
        "--date",
        metavar="COLUMN=ORDER",
        help="How its dates are written: YMD, DMY or MDY; more than once.",
    ),
]
Missing = Annotated[
    list[str] | None,
    typer.Option(metavar="TEXT", help="Stands for no value, as NA does; more than once."),
]
Test = Annotated[float, typer.Option(help="Share of the rows that decides who serves.")]
Validation = Annotated[float, typer.Option(help="Share of the rows that tuning judges by.")]
Group = Annotated[
    str | None, typer.Option(metavar="COLUMN", help="Rows with one value of it stay together.")
]
Time = Annotated[
    str | None,
    typer.Option(metavar="COLUMN", help="The newest rows are test, those before it validation."),
]
Salt = Annotated[str, typer.Option(help="Any text: another one splits anew.")]


def prepare(
    table: Place,
    label: Label,
    target: Target = None,
    task: Task = None,
    positive: Positive = None,
    drop: Drop = None,
    text: Text = None,
    date: Dates = None,
    missing: Missing = None,
    test: Test = 0.2,
    validation: Validation = 0.2,
    group: Group = None,
    time: Time = None,
    salt: Salt = "",
    stack: StackName = DEFAULT_STACK,
) -> None:
    """Make channels of a table as it is: with a header, text, dates and missing values.

    Text with few values becomes a feature for each, other text the rank of its frequency, a date
    its parts; what tells nothing is dropped. All of it is learned on train alone and described in
    retune.preparation.json beside the channels, where encoder.py encodes the rows of any client in
    the same way. The table may be larger than memory. Prints an execution input.

        retune prepare bank.csv --label bought > input.json && retune start --input input.json
        retune prepare visits.parquet runs/visits --label bought --time day --drop note
        retune prepare s3://my-bucket/visits/ s3://my-bucket/data/ --label bought --group customer
    """
    request = Request(
        label=label,
        split=_split(test, validation, group, time, salt),
        task=_task(task),
        positive=positive,
        drop=tuple(drop or ()),
        text=tuple(text or ()),
        dates=dict(_date(given) for given in date or ()),
        missing=tuple(missing or ()),
    )
    place = target or _folder_in_bucket(table, stack)
    upload = f"{_PREPARED}/{Path(place).resolve().name or 'table'}"
    placed = target_of(place, table, TABLE, upload)
    console = Terminal(stderr=True)
    try:
        with placed.staging() as folder, step_progress(console) as tell:
            prepared = _prepare(table, request, folder, tell)
            tell(f"Writing {place}", None)
            size = sum(file.stat().st_size for file in folder.glob("*/*"))
            placed.put(folder)
    except TableError as fault:
        raise InputError(str(fault)) from None
    except OSError as error:
        raise FailedError(f"Nothing is left in {place}: {error}") from error
    _tell(console, prepared, place, upload)
    channels = {name: placed.uri(name) for name in prepared.description.rows}
    write(json.dumps(suggested_input(prepared.description, channels, size), indent=2))


def _prepare(table: str, request: Request, folder: Path, tell: Tell) -> Prepared:
    source = source_of(table, TABLE)
    with tempfile.TemporaryDirectory(prefix="retune-table-") as fetched:
        sources = []
        for name in source.names():
            tell(f"Fetching {name}", None)
            sources.append(Source(name, source.fetch(name, Path(fetched))))
        return prepare_table(sources, request, folder, progress=tell)


def _split(test: float, validation: float, group: str | None, time: str | None, salt: str) -> Split:
    try:
        RowSplit(test, validation, salt)
    except ValueError as fault:
        raise InputError(f"--test {test} and --validation {validation}: {fault}.") from None
    if not validation:
        raise InputError("--validation 0.0: tuning judges by these rows. Give it a share.")
    if group is not None and time is not None:
        raise InputError(f"--group {group!r} and --time {time!r}: rows are split by one of them.")
    by = ROW if group is None and time is None else TIME if group is None else GROUP
    return Split(by, test, validation, salt, group if time is None else time)


def _task(task: str | None) -> str | None:
    if task not in (None, BINARY, MULTICLASS, REGRESSION):
        raise InputError(f"--task {task!r}: it is {BINARY}, {MULTICLASS} or {REGRESSION}.")
    return task


def _date(given: str) -> tuple[str, str]:
    column, _, order = given.rpartition("=")
    if not column or order not in ORDERS:
        raise InputError(f"--date {given!r}: say COLUMN=ORDER, with {', '.join(ORDERS)} for ORDER.")
    return column, order


def _folder_in_bucket(table: str, stack: str) -> str:
    """Of the stack's bucket, a folder that is called after the table."""
    name = PurePosixPath(table.rstrip("/")).name.split(".")[0] or "table"
    return f"s3://{find_stack(Aws(), stack).bucket}/{_PREPARED}/{name}/"


def _tell(console: Terminal, prepared: Prepared, place: str, upload: str) -> None:
    description = prepared.description
    console.print(columns_table(description))
    more = hidden_columns(description)
    if more:
        write(f"{more:,} more columns are in {FILE_NAME}.", err=True)
    console.print(channels_table(prepared))
    for warning in prepared.warnings:
        write_labelled("Warning", "yellow", warning, err=True)
    first = ""
    if not place.startswith("s3://"):
        first = f"aws s3 cp --recursive {shlex.quote(place)} s3://BUCKET/{shlex.quote(upload)}/ && "
    write(f"Next: {first}retune start --input input.json --watch", err=True)
    write("input.json is what follows, on stdout.", err=True)
