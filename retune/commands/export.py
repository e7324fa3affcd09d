"""`retune export`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from tuning.trials.trials import Trial, TuningJob

from retune.aws import Aws
from retune.commands.results import find_run
from retune.errors import InputError
from retune.export.exported_trial import TrialReader
from retune.export.trials_table import trials_table, write_csv, write_parquet
from retune.options import StackName
from retune.output.terminal import write
from retune.stack import DEFAULT_STACK, find_stack
from retune.trials.tuning_jobs import read_trials, read_tuning_job

Source = Annotated[
    str | None,
    typer.Argument(
        metavar="NAME",
        help="Name of any tuning job of the account, or name or ARN of an execution; without it, "
        "the latest run.",
    ),
]
Csv = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="A CSV file.")]
Parquet = Annotated[
    Path | None, typer.Option("--parquet", metavar="FILE", help="A Parquet file, with types.")
]
Study = Annotated[
    str | None,
    typer.Option(
        "--study",
        metavar="URL",
        help="A database with an Optuna study of the tuning job's name, such as "
        "sqlite:///runs/study.db.",
    ),
]
Mlflow = Annotated[
    str | None,
    typer.Option(
        "--mlflow",
        metavar="URI",
        help="MLflow: a tracking server, a database such as sqlite:///runs/mlflow.db, or the ARN "
        "of a tracking server in SageMaker.",
    ),
]

ENDED = ("Completed", "Stopped", "Failed")


def export(
    source: Source = None,
    csv: Csv = None,
    parquet: Parquet = None,
    study: Study = None,
    mlflow: Mlflow = None,
    stack: StackName = DEFAULT_STACK,
) -> None:
    """Hand the trials of a tuning job to other tools: CSV, Parquet, Optuna, MLflow.

    Files are written anew. A study and an MLflow experiment, each of the tuning job's name, get
    what they have not yet: training jobs that have ended, with learning curves from their logs, so
    that it can be run again and again. MLflow gets the model of the best training job too. Docs:
    docs/export.md.

        retune export --parquet runs/trials.parquet
        retune export my-tuning-job --study sqlite:///runs/study.db
        retune export --mlflow http://localhost:5000
    """
    if not (csv or parquet or study or mlflow):
        raise InputError("Say where to: --csv, --parquet, --study or --mlflow, one or several.")
    aws = Aws()
    job = find_tuning_job(aws, source, stack)
    trials = read_trials(aws, job)
    if csv or parquet:
        export_table(job, trials, csv, parquet)
    if study or mlflow:
        export_ended(aws, job, trials, study, mlflow)


def export_table(
    job: TuningJob, trials: Sequence[Trial], csv: Path | None, parquet: Path | None
) -> None:
    table = trials_table(job, trials)
    for file, write_table in ((csv, write_csv), (parquet, write_parquet)):
        if file:
            write_table(table, file)
            tell(f"{len(trials)} training jobs of {job.name} are in {file}")


def export_ended(
    aws: Aws, job: TuningJob, trials: Sequence[Trial], study: str | None, mlflow: str | None
) -> None:
    """Optuna and MLflow take a second to load, which the other commands need not wait for."""
    ended = [trial for trial in trials if trial.status in ENDED]
    reader = TrialReader(aws)
    if study:
        from retune.export.study import write_study

        count = write_study(job, ended, reader, study)
        tell(f"The study {job.name} has {count} more trials, {len(ended)} in all")
    if mlflow:
        from retune.export.mlflow_experiment import write_experiment

        count = write_experiment(aws, job, ended, reader, mlflow)
        tell(f"The MLflow experiment {job.name} has {count} more runs, {len(ended)} in all")
    if len(ended) < len(trials):
        left = len(trials) - len(ended)
        tell(f"{left} training jobs have not ended: export again when they have")


def find_tuning_job(aws: Aws, source: str | None, stack: str) -> TuningJob:
    """The tuning job of that name, whoever started it, or that of an execution."""
    known = read_tuning_job(aws, source) if source else None
    return known[0] if known else find_run(aws, find_stack(aws, stack), source)[0]


def tell(sentence: str) -> None:
    write(f"{sentence}.", err=True)
