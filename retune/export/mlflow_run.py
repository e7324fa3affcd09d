"""An MLflow run of a trial: parameters, metrics by step, tags, and the best one's model."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag
from tuning.trials.trials import TuningJob

from retune.aws import Aws
from retune.export.exported_trial import ExportedTrial

TRAINING_JOB = "sagemaker.TrainingJobName"
BEST = "sagemaker.BestTrainingJob"
_STATES = {"Completed": "FINISHED", "Stopped": "KILLED", "Failed": "FAILED"}
_MOST_METRICS, _MOST_PARAMETERS = 1000, 100  # of one request, as MLflow's REST API takes them
_LONGEST_PARAMETER, _LONGEST_TAG = 6000, 8000

Some = TypeVar("Some")


def write_run(
    aws: Aws, client: MlflowClient, experiment: str, job: TuningJob, exported: ExportedTrial
) -> None:
    """The run's end comes last: a run that has one is whole."""
    trial = exported.trial
    started, ended = trial.started or trial.created, trial.ended or trial.created
    run = client.create_run(
        experiment, start_time=round(started.timestamp() * 1000), run_name=trial.name
    ).info.run_id
    client.log_batch(run, tags=_tags(job, exported))
    for parameters in _parts(_parameters(exported), _MOST_PARAMETERS):
        client.log_batch(run, params=parameters)
    for metrics in _parts(_metrics(job, exported), _MOST_METRICS):
        client.log_batch(run, metrics=metrics)
    if trial.name == job.best_training_job and exported.model_data_url:
        _log_model(aws, client, run, exported.model_data_url)
    client.set_terminated(run, _STATES[trial.status], end_time=round(ended.timestamp() * 1000))


def _tags(job: TuningJob, exported: ExportedTrial) -> list[RunTag]:
    trial = exported.trial
    told = {
        "sagemaker.TuningJobName": job.name,
        TRAINING_JOB: trial.name,
        "sagemaker.TrainingJobStatus": trial.status,
        "sagemaker.TrainingJobDefinitionName": trial.definition_name,
        "sagemaker.FailureReason": trial.failure_reason,
        "sagemaker.ModelDataUrl": exported.model_data_url,
        BEST: "true" if trial.name == job.best_training_job else None,
    }
    return [RunTag(name, value[:_LONGEST_TAG]) for name, value in told.items() if value]


def _parameters(exported: ExportedTrial) -> list[Param]:
    return [
        Param(_permitted(name), value[:_LONGEST_PARAMETER])
        for name, value in exported.hyperparameters.items()
    ]


def _metrics(job: TuningJob, exported: ExportedTrial) -> list[Metric]:
    """Each curve by its steps; of the objective at least the final value."""
    points = [
        Metric(_permitted(name), value, round(when.timestamp() * 1000), step)
        for name, curve in exported.curves.items()
        for step, (when, value) in enumerate(curve, start=1)
    ]
    trial = exported.trial
    if trial.value is None or job.metric_name in exported.curves:
        return points
    end = round((trial.ended or trial.created).timestamp() * 1000)
    return [*points, Metric(_permitted(job.metric_name), trial.value, end, step=1)]


def _log_model(aws: Aws, client: MlflowClient, run: str, url: str) -> None:
    """model.tar.gz as SageMaker has it, in the run's folder `model`."""
    source = urlsplit(url)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / Path(source.path).name
        aws.client("s3").download_file(source.netloc, source.path.lstrip("/"), str(file))
        client.log_artifact(run, str(file), artifact_path="model")


def _permitted(name: str) -> str:
    """MLflow's names have letters, digits, spaces and `_-./:`; anything else becomes `_`."""
    return re.sub(r"[^\w\-./: ]", "_", name)


def _parts(whole: Sequence[Some], size: int) -> Iterator[Sequence[Some]]:
    return (whole[start : start + size] for start in range(0, len(whole), size))
