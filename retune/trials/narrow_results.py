"""The training jobs of a tuning job on a terminal, the best first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.table import Table
from tuning.report.formats import duration, hyperparameter, metric
from tuning.report.search_space import parse_ranges
from tuning.trials.trials import Trial, TuningJob
from tuning.visible import on_one_line

from retune.output.fitted_columns import Column, bands
from retune.output.plain_table import PlainTable
from retune.trials.training_job_names import number

BEST = "*"


def narrow_results(job: TuningJob, trials: Sequence[Trial], width: int) -> Iterator[Table | str]:
    """Tables and lines, one below the other: more hyperparameters than fit go into a second table.

    A training job is its number, by which `retune logs` knows it too.
    """
    end = "greatest" if job.maximizes else "smallest"
    yield f"Tuning job {job.name}: {job.status}"
    yield f"{len(trials)} training jobs by {job.metric_name}, the {end} first"
    columns = [
        Column(name, [_value(trial, name) for trial in trials]) for name in parse_ranges(job.config)
    ]
    fitted = bands(_outcomes(job, trials), [_on_one_line(column) for column in columns], width)
    for band in fitted:
        yield ""
        yield _table(band, [trial.name == job.best_training_job for trial in trials])
    shortened = [column for band in fitted for column in band if column.short]
    yield from _notes(job, trials, shortened)


def _outcomes(job: TuningJob, trials: Sequence[Trial]) -> list[Column]:
    marks = [BEST if trial.name == job.best_training_job else "" for trial in trials]
    numbers = [number(trial.name, job.name) for trial in trials]
    names = [name + mark for name, mark in zip(numbers, marks, strict=True)]
    columns = [
        Column("Job", names, is_text=True),
        Column("Metric", [metric(trial.value) for trial in trials]),
        Column("Time", [duration(trial.seconds) for trial in trials]),
        Column("Status", [trial.status for trial in trials], is_text=True),
    ]
    if any(trial.definition_name for trial in trials):
        kinds = [trial.definition_name or "" for trial in trials]
        columns.append(Column("Definition", kinds, is_text=True))
    return [_on_one_line(column) for column in columns]


def _value(trial: Trial, name: str) -> str:
    return hyperparameter(trial.tuned_hyperparameters.get(name, ""))


def _on_one_line(column: Column) -> Column:
    """As it will be written, so that its width is known."""
    cells = [on_one_line(cell) for cell in column.cells]
    return Column(on_one_line(column.name), cells, column.is_text)


def _table(columns: Sequence[Column], are_best: Sequence[bool]) -> Table:
    table = PlainTable()
    for column in columns:
        table.add_column(column.heading, justify="left" if column.is_text else "right")
    for row, is_best in enumerate(are_best):
        cells = (column.cells[row] for column in columns)
        table.add_row(*cells, style="bold green" if is_best else None)
    return table


def _notes(job: TuningJob, trials: Sequence[Trial], shortened: Sequence[Column]) -> Iterator[str]:
    """What the mark, the shortened names and the failures mean."""
    if job.best_training_job:
        yield ""
        yield f"{BEST} the best: {job.best_training_job}"
    if shortened:
        yield ", ".join(f"{column.heading} is {column.name}" for column in shortened)
    failures: dict[str, list[str]] = {}
    for trial in trials:
        if trial.failure_reason:
            reason = " ".join(trial.failure_reason.split())
            failures.setdefault(reason, []).append(number(trial.name, job.name))
    for reason, numbers in failures.items():
        yield f"Failed: {reason} ({', '.join(numbers)})"
