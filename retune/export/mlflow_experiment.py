"""An MLflow experiment of a tuning job, a run a trial.

MLflow's own client writes it, so that --mlflow takes whatever it takes: a tracking server, a
database, the ARN of a tracking server that SageMaker hosts.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tuning.trials.trials import Trial, TuningJob

from retune.aws import Aws
from retune.errors import FailedError, InputError, UnavailableError
from retune.export.exported_trial import TrialReader

if TYPE_CHECKING:
    from mlflow import MlflowClient


def write_experiment(
    aws: Aws, job: TuningJob, ended: Iterable[Trial], reader: TrialReader, uri: str
) -> int:
    """Adds a run for each trial that the experiment of the tuning job's name has none of yet.

    Says how many; only those are read. A run that an earlier export did not finish is made anew.

    Raises:
        UnavailableError: MLflow's client is not installed.
        InputError: the URI is none, or of a database whose driver is not installed.
        FailedError: MLflow refuses, or does not answer.
    """
    # A wrong address is told in seconds; MLflow's seven attempts take minutes. MLflow would tell
    # its makers of each use, too: that is the user's to turn on.
    os.environ.setdefault("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "2")
    os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
    try:
        from mlflow import MlflowClient, MlflowException

        from retune.export.mlflow_run import write_run
    except ModuleNotFoundError as error:
        raise UnavailableError(
            f"--mlflow needs {error.name}, which is not installed here. Install MLflow's client: "
            "uv pip install 'mlflow-skinny>=3.17,<4' 'sagemaker-mlflow>=0.5,<1'"
        ) from error
    try:
        client = MlflowClient(tracking_uri=uri)
        experiment = _experiment(client, job)
        known = _finished(client, experiment)
        added = [trial for trial in ended if trial.name not in known]
        for trial in added:
            write_run(aws, client, experiment, job, reader.read(trial))
    except (ImportError, ValueError) as error:  # of a database's driver; of what is no URI
        raise InputError(_without_password(f"--mlflow {uri}: {error}.")) from error
    except MlflowException as error:
        raise FailedError(_without_password(f"--mlflow {uri}: {error}")) from error
    return len(added)


def _experiment(client: MlflowClient, job: TuningJob) -> str:
    """The id of the tuning job's experiment, which is made when there is none."""
    found = client.get_experiment_by_name(job.name)
    if found is not None:
        return str(found.experiment_id)
    tags = {"sagemaker.Objective": f"{job.objective_type} {job.metric_name}"}
    return str(client.create_experiment(job.name, tags=tags))


def _finished(client: MlflowClient, experiment: str) -> set[str | None]:
    """Names of the training jobs that have a run; one without an end is deleted."""
    from retune.export.mlflow_run import TRAINING_JOB

    names: set[str | None] = set()
    token = None
    while True:
        page = client.search_runs([experiment], page_token=token)
        for run in page:
            if run.info.end_time is None:
                client.delete_run(run.info.run_id)
            else:
                names.add(run.data.tags.get(TRAINING_JOB))
        token = page.token
        if not token:
            return names


def _without_password(text: str) -> str:
    """MLflow's errors repeat the URI, which may have one, or a token alone.

    Rather too much is hidden: a password that nobody has escaped may hold `/` and `@`.
    """
    return re.sub(r"//\S*@", "//***@", text)
