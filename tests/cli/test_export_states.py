"""What becomes of trials that failed, were stopped or have odd names, in each tool."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, cast

import optuna
import pytest
from optuna.trial import TrialState
from tuning.trials.trials import Trial, TuningJob

from retune.aws import Aws
from retune.errors import CommandError, FailedError
from retune.export.exported_trial import ExportedTrial, TrialReader, curve_reader
from retune.export.mlflow_experiment import write_experiment
from retune.export.study import write_study
from retune.export.trials_table import trials_table
from tests.tuning.recorded import JOB, STARTED, trial_summary, tuning_job

DESCRIBED = TuningJob.parse(tuning_job())


class Recorded(TrialReader):
    """Trials whose log told two rounds."""

    def __init__(self) -> None:
        pass

    def read(self, trial: Trial) -> ExportedTrial:
        curve = [(STARTED + timedelta(seconds=second), 0.7 + second / 100) for second in (1, 2)]
        return ExportedTrial(
            trial, trial.tuned_hyperparameters, None, {"validation:auc": curve, "recall@5": curve}
        )


def trials() -> list[Trial]:
    """Completed, stopped early with a metric, failed."""
    return [
        Trial.parse(trial_summary(1, 0.9)),
        Trial.parse(trial_summary(2, 0.8, TrainingJobStatus="Stopped")),
        Trial.parse(trial_summary(3, FailureReason="AlgorithmError: no memory")),
    ]


def test_a_stopped_trial_is_pruned_and_a_failed_one_tells_why(tmp_path: Any) -> None:
    url = f"sqlite:///{tmp_path}/study.db"
    assert write_study(DESCRIBED, trials(), Recorded(), url) == 3
    completed, stopped, failed = optuna.load_study(study_name=JOB, storage=url).trials
    assert (completed.state, completed.value) == (TrialState.COMPLETE, 0.9)
    assert (stopped.state, stopped.value) == (TrialState.PRUNED, 0.8)
    assert stopped.intermediate_values == {1: 0.71, 2: 0.72}
    assert failed.state == TrialState.FAIL
    assert failed.user_attrs["FailureReason"] == "AlgorithmError: no memory"
    assert completed.duration == timedelta(seconds=45)


def test_a_study_of_that_name_with_another_search_is_told(tmp_path: Any) -> None:
    url = f"sqlite:///{tmp_path}/study.db"
    study = optuna.create_study(storage=url, study_name=JOB, direction="maximize")
    study.add_trial(
        optuna.create_trial(
            value=0.5,
            params={"max_depth": "deep"},
            distributions={"max_depth": optuna.distributions.CategoricalDistribution(["deep"])},
        )
    )
    with pytest.raises(FailedError, match=f"the study {JOB} there is of another search"):
        write_study(DESCRIBED, trials(), Recorded(), url)


OLD = "ignore::sqlalchemy.exc.SADeprecationWarning"  # of MLflow's own


@pytest.mark.filterwarnings(OLD)
@pytest.mark.parametrize("tool", ["study", "mlflow"])
@pytest.mark.parametrize(
    "place", ["postgresql://u:a/secret@127.0.0.1:1/db", "http://u:secret@[::1", "redis://:secret@h"]
)
def test_a_place_that_cannot_be_one_is_told_without_its_password(tool: str, place: str) -> None:
    to_mlflow = partial(write_experiment, cast(Aws, None))
    writers: dict[str, Callable[..., int]] = {"study": write_study, "mlflow": to_mlflow}
    with pytest.raises(CommandError, match=f"--{tool}") as refused:
        writers[tool](DESCRIBED, trials(), Recorded(), place)
    assert "secret" not in str(refused.value)
    assert "another search" not in str(refused.value)


def test_a_regex_of_another_dialect_is_told_once_and_has_no_curve(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert curve_reader("odd", "(?<odd>.*)") is None
    assert curve_reader("odd", "(?<odd>.*)") is None
    assert capsys.readouterr().err.count("The Regex of odd cannot be read here") == 1


@pytest.mark.slow  # MLflow makes its database
@pytest.mark.filterwarnings(OLD)
def test_mlflow_has_their_states_and_names_that_it_takes(tmp_path: Any) -> None:
    from mlflow import MlflowClient  # it takes longer than all else that is imported here

    uri = f"sqlite:///{tmp_path}/mlflow.db"
    assert write_experiment(cast(Aws, None), DESCRIBED, trials(), Recorded(), uri) == 3
    client = MlflowClient(uri)
    experiment = client.get_experiment_by_name(JOB)
    assert experiment is not None
    runs = client.search_runs([experiment.experiment_id], order_by=["attributes.start_time"])
    assert [run.info.status for run in runs] == ["FINISHED", "KILLED", "FAILED"]
    assert set(runs[0].data.metrics) == {"validation:auc", "recall_5"}
    assert runs[2].data.tags["sagemaker.FailureReason"] == "AlgorithmError: no memory"


def test_hyperparameters_whose_names_differ_in_case_have_a_column_each() -> None:
    """So does one of an image's own that is called like a column of ours."""
    tuned = {"Alpha": "1", "alpha": "2", "trainingjobname": "x"}
    table = trials_table(
        DESCRIBED, [Trial.parse(trial_summary(1, 0.9, TunedHyperParameters=tuned))]
    )
    values = {column.name: column.values for column in table}
    assert (values["Alpha"], values["alpha_2"]) == (["1"], ["2"])
    assert values["trainingjobname_2"] == ["x"]
    assert values["max_depth"] == [None]
