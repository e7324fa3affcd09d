"""An Optuna study of a tuning job in a database, for optuna-dashboard and Optuna's own analyses."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from datetime import datetime

import optuna
from optuna.exceptions import ExperimentalWarning, OptunaError
from optuna.trial import FrozenTrial, TrialState
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from tuning.report.search import Search
from tuning.report.search_space import Range
from tuning.report.study import frozen_trial
from tuning.trials.trials import Trial, TuningJob

from retune.errors import FailedError, InputError
from retune.export.exported_trial import ExportedTrial, TrialReader

TRAINING_JOB = "TrainingJobName"
_SUCH_AS = "Give a database as SQLAlchemy names it, such as sqlite:///runs/study.db."


def write_study(job: TuningJob, ended: Iterable[Trial], reader: TrialReader, url: str) -> int:
    """Adds the trials that the study of the tuning job's name has not yet; says how many.

    Only those are read.

    Raises:
        InputError: the URL is none of a database that is supported here.
        FailedError: the database refuses.
    """
    ended = list(ended)
    ranges = Search.of(job, ended).ranges
    try:
        study = _open(job, url)
        known = {trial.user_attrs.get(TRAINING_JOB) for trial in study.get_trials(deepcopy=False)}
        added = [trial for trial in ended if trial.name not in known]
        added.sort(key=lambda trial: trial.created)
        study.add_trials(_told(reader.read(trial), ranges, job.metric_name) for trial in added)
    except (SQLAlchemyError, OptunaError, RuntimeError) as error:  # of another version's tables
        raise FailedError(f"--study: the database refuses: {str(error).splitlines()[0]}") from error
    except ValueError as error:
        raise FailedError(
            f"--study: the study {job.name} there is of another search: {error} Give another "
            "database."
        ) from error
    return len(added)


def _open(job: TuningJob, url: str) -> optuna.Study:
    """The study, made if there is none. Raises InputError for a URL that cannot be one.

    What is wrong with a URL is not repeated: a password may stand where it does not belong.
    """
    try:
        study = optuna.create_study(
            storage=url,
            study_name=job.name,
            direction="maximize" if job.maximizes else "minimize",
            load_if_exists=True,
        )
    except ImportError as error:
        raise InputError(f"--study: {str(error).rstrip('.')}. {_SUCH_AS}") from error
    except (ArgumentError, ValueError) as error:
        raise InputError(f"--study: it is no URL of a database. {_SUCH_AS}") from error
    with warnings.catch_warnings(action="ignore", category=ExperimentalWarning):
        study.set_metric_names([job.metric_name])
    return study


def _told(exported: ExportedTrial, ranges: dict[str, Range], objective: str) -> FrozenTrial:
    """With state, times, the learning curve and what else SageMaker tells of the training job.

    Optuna's `Pruned` is a trial that was stopped before its time and has a value all the same.
    """
    trial = exported.trial
    told = frozen_trial(trial, ranges)
    if trial.status == "Stopped" and trial.value is not None:
        told.state = TrialState.PRUNED
    curve = exported.curves.get(objective, ())
    told.intermediate_values = {step: value for step, (_, value) in enumerate(curve, start=1)}
    told.datetime_start = _local(trial.started or trial.created)
    told.datetime_complete = _local(trial.ended or trial.started or trial.created)
    told.user_attrs = {
        TRAINING_JOB: trial.name,
        "TrainingJobStatus": trial.status,
        "TrainingSeconds": trial.seconds,
        **({"FailureReason": trial.failure_reason} if trial.failure_reason else {}),
        **({"TrainingJobDefinitionName": trial.definition_name} if trial.definition_name else {}),
    }
    return told


def _local(when: datetime) -> datetime:
    """Optuna's times are those of the machine, without a zone."""
    return when.astimezone().replace(tzinfo=None)
