"""The trials as one table with a type a column: Parquet and CSV hold the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
from tuning.report.csv_lines import csv_lines
from tuning.report.search_space import NumericRange, Range, parse_ranges
from tuning.trials.trials import Trial, TuningJob

from retune.errors import InputError

Value = str | int | float | datetime | None

_TEXT, _INTEGER, _NUMBER, _TIME = "VARCHAR", "BIGINT", "DOUBLE", "TIMESTAMPTZ"


@dataclass(frozen=True)
class Column:
    """A column of the table; `type` is DuckDB's."""

    name: str
    type: str
    values: Sequence[Value]


def trials_table(job: TuningJob, trials: Sequence[Trial]) -> list[Column]:
    """A row a trial in the order given: name, state, hyperparameters, metric, times, reason."""
    columns = [
        Column("TuningJobName", _TEXT, [job.name] * len(trials)),
        Column("TrainingJobName", _TEXT, [trial.name for trial in trials]),
        Column("TrainingJobDefinitionName", _TEXT, [trial.definition_name for trial in trials]),
        Column("TrainingJobStatus", _TEXT, [trial.status for trial in trials]),
        Column("ObjectiveStatus", _TEXT, [trial.objective_status for trial in trials]),
        *_hyperparameters(job, trials),
        Column(job.metric_name, _NUMBER, [trial.value for trial in trials]),
        Column("CreationTime", _TIME, [trial.created for trial in trials]),
        Column("TrainingStartTime", _TIME, [trial.started for trial in trials]),
        Column("TrainingEndTime", _TIME, [trial.ended for trial in trials]),
        Column("TrainingSeconds", _INTEGER, [trial.seconds for trial in trials]),
        Column("FailureReason", _TEXT, [trial.failure_reason for trial in trials]),
    ]
    return list(_named_apart(columns))


def _hyperparameters(job: TuningJob, trials: Sequence[Trial]) -> Iterator[Column]:
    ranges: dict[str, Range | None] = dict(parse_ranges(job.config))
    for trial in trials:  # Autotune tunes more than the request has ranges of
        ranges |= {name: None for name in trial.tuned_hyperparameters if name not in ranges}
    for name, searched in ranges.items():
        texts = [trial.tuned_hyperparameters.get(name) for trial in trials]
        if not isinstance(searched, NumericRange):
            yield Column(name, _TEXT, texts)
        elif searched.is_integer:
            yield Column(name, _INTEGER, [None if text is None else int(text) for text in texts])
        else:
            yield Column(name, _NUMBER, [None if text is None else float(text) for text in texts])


def _named_apart(columns: Sequence[Column]) -> Iterator[Column]:
    """DuckDB takes `Alpha` and `alpha` for one name: the second is called `alpha_2`."""
    taken: set[str] = set()
    for column in columns:
        name, count = column.name, 1
        while name.casefold() in taken:
            count += 1
            name = f"{column.name}_{count}"
        taken.add(name.casefold())
        yield Column(name, column.type, column.values)


def write_csv(columns: Sequence[Column], file: Path) -> None:
    """Times in ISO 8601; what a trial lacks is empty."""
    rows = zip(*(column.values for column in columns), strict=True)
    text = csv_lines(
        [
            [column.name for column in columns],
            *([_cell(value) for value in row] for row in rows),
        ]
    )
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise unwritable("--csv", file, error.strerror or str(error)) from error


def _cell(value: Value) -> str | float | None:
    return value.isoformat() if isinstance(value, datetime) else value


def write_parquet(columns: Sequence[Column], file: Path) -> None:
    """Each column in its type; what a trial lacks is null."""
    names = ", ".join(f"{_quoted(column.name)} {column.type}" for column in columns)
    rows = list(zip(*(column.values for column in columns), strict=True))
    with duckdb.connect() as database:
        database.execute(f"CREATE TABLE trials ({names})")
        if rows:
            places = ", ".join("?" for _ in columns)
            database.executemany(f"INSERT INTO trials VALUES ({places})", rows)
        try:
            database.table("trials").write_parquet(str(file))
        except duckdb.IOException as error:
            raise unwritable("--parquet", file, str(error)) from error


def _quoted(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def unwritable(option: str, file: Path, reason: str) -> InputError:
    return InputError(f"{option}: {file} cannot be written: {reason}. Name another file.")
