"""What a training job refuses, and the reason it leaves in output/failure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from local_sagemaker.containers.xgboost import train

from tests.containers.tables import binary, channels
from tests.containers.training_job import TrainingJob

LOGISTIC = {"objective": "binary:logistic", "num_round": "3"}
TRAIN = channels(binary, "train")
OF_THE_USER = "framework error: \nUserError: "


@pytest.fixture
def failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Runs a job that fails, without starting a process, and gives its reason."""

    def run(
        hyperparameters: dict[str, str],
        files: dict[str, dict[str, str]] = TRAIN,
        content_type: str | None = "text/csv",
        input_mode: str = "File",
    ) -> str:
        job = TrainingJob(tmp_path)
        job.prepare(hyperparameters, files, content_type, input_mode)
        monkeypatch.setenv("ML_ROOT", str(tmp_path))
        assert train.main() == 1
        assert not list(tmp_path.glob("model/*"))
        return job.failure

    return run


@pytest.mark.parametrize(
    ("hyperparameters", "reason"),
    [
        ({"eta": "2"}, "Hyperparameter eta: 2.0 is not in [0, 1]"),
        ({"learning_rate": "2"}, "Hyperparameter eta: 2.0 is not in [0, 1]"),
        ({"subsample": "0"}, "Hyperparameter subsample: 0.0 is not in (0, 1]"),
        ({"tweedie_variance_power": "2"}, "is not in (1, 2)"),
        ({"max_depth": "-1"}, "Hyperparameter max_depth: -1 is not in [0, +inf)"),
        ({"max_depth": "3.5"}, "Hyperparameter max_depth: could not parse value '3.5'"),
        ({"gamma": "none"}, "Hyperparameter gamma: could not parse value 'none'"),
        ({"gamma": "nan"}, "Hyperparameter gamma: nan is not in [0, +inf)"),
        ({"max_dept": "3"}, "Extraneous hyperparameter found: max_dept"),
        ({"single_precision_histogram": "true"}, "Extraneous hyperparameter found: single_"),
        ({"booster": "forest"}, "Hyperparameter booster: forest is not in ['gbtree'"),
        ({"eval_metric": "auc,lift"}, "Hyperparameter eval_metric: value ['auc', 'lift'] not in"),
        ({"eval_metric": "auc@0.5"}, "Metric 'auc@0.5' is not supported."),
        ({"eval_metric": "error@half"}, "Threshold value 't' in 'error@t' expects float"),
        ({"_tuning_objective_metric": "train:auc"}, "Hyperparameter _tuning_objective_metric"),
        ({"objective": "multi:softmax"}, "Require input for parameter 'num_class'"),
        ({"objective": "reg:gamma", "eval_metric": "auc"}, "Metric 'auc' can only be applied"),
        ({"eval_metric": "aft-nloglik"}, "Metric 'aft-nloglik' can only be applied"),
        ({"monotone_constraints": "(1,0)"}, "monotone_constraints can be used only when"),
        ({"monotone_constraints": "(2,)", "tree_method": "hist"}, "value (2,) not in range"),
        ({"monotone_constraints": "up"}, "could not parse value 'up': it must be a tuple"),
        ({"interaction_constraints": "[[0]]", "tree_method": "hist"}, "value [[0]] not in range"),
        ({"updater": "grow_colmaker,distcol"}, "Only one tree grow plugin can be selected"),
        (
            {"updater": "shotgun,coord_descent", "booster": "gblinear"},
            "Linear updater should be one",
        ),
        ({"updater": "prune,sync", "process_type": "update"}, "process_type 'update' can only be"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_a_hyperparameter_is_refused_by_its_name(
    hyperparameters: dict[str, str], reason: str, failure: Callable[..., Any]
) -> None:
    assert failure(LOGISTIC | hyperparameters).startswith(OF_THE_USER)
    assert reason in failure(LOGISTIC | hyperparameters)


def test_num_round_is_required(failure: Callable[..., Any]) -> None:
    assert failure({}) == OF_THE_USER + "Missing required hyperparameter: num_round"


def test_eval_metric_needs_an_objective(failure: Callable[..., Any]) -> None:
    assert "objective is not set" in failure({"num_round": "1", "eval_metric": "auc"})


@pytest.mark.parametrize(
    ("files", "content_type", "reason"),
    [
        ({"validation": {"a.csv": "1,2\n"}}, "text/csv", "Missing required channel: train"),
        (TRAIN | {"test": {"a.csv": "1,2\n"}}, "text/csv", "Extraneous channel found: test"),
        (TRAIN, "text/csv;label_size=1", "Channel configuration for 'train' channel is not supp"),
        (TRAIN, "application/json", "ContentType application/json must be one of csv, libsvm"),
        (TRAIN, "application/x-parquet", "Failed to load parquet data with exception: "),
        (TRAIN, None, "is not 'LIBSVM' format"),
        ({"train": {"a": "1 0:1 1:2 \n"}}, None, "First line '1 0:1 1:2...' of file 'a' is not "),
        ({"train": {"a": "1\t0:1 1:2\n"}}, None, "is not 'LIBSVM' format"),
        ({"train": {"a": "1 0:1:2 1:2\n"}}, None, "is not 'LIBSVM' format"),
        ({"train": {"a": "1 0:1\n0 1:1 what\n"}}, None, "First line '0 1:1 what"),
        (
            {"train": {"a.csv": ""}},
            "text/csv",
            "No data in training channel path /opt/ml/input/data/train",
        ),
        (
            TRAIN | {"validation": {"a.csv": ""}},
            "text/csv",
            "No data in validation channel path /opt/ml/input/data/validation",
        ),
        (
            {"train": {"a.csv": "1,2\n0,3\n", "b.csv": "", "_SUCCESS": ""}},
            "text/csv",
            "Could not determine delimiter on line",
        ),
        ({"train": {".hidden.csv": "1,2\n"}}, "text/csv", "Hidden file found in the data path!"),
        ({"train": {"a.csv": "abc\n"}}, "text/csv", "Delimiter ',' is not found in the line"),
        ({"train": {"a.csv": "7,1\n0,2\n"}}, "text/csv", "must hold labels 0 and 1"),
        ({"train": {"a.csv": "True,1\nFalse,2\n"}}, "text/csv", "(True and False are read as 0)"),
        (TRAIN | {"validation": {"a.csv": "1,2,3,4\n"}}, "text/csv", "have the same columns"),
    ],
    ids=[
        "no-train-channel",
        "unknown-channel",
        "content-type-with-parameters",
        "unknown-content-type",
        "parquet",
        "csv-without-content-type",
        "libsvm-with-a-space-at-the-end",
        "libsvm-with-a-tab",
        "libsvm-with-two-colons",
        "libsvm-whose-second-line-is-none",
        "empty-train-channel",
        "empty-validation-channel",
        "empty-file-beside-data",
        "hidden-file",
        "no-delimiter",
        "label-out-of-range",
        "labels-as-pandas-writes-them",
        "other-columns-in-validation",
    ],
)
def test_data_is_refused_with_the_reason(
    files: dict[str, dict[str, str]],
    content_type: str | None,
    reason: str,
    failure: Callable[..., Any],
) -> None:
    found = failure(LOGISTIC, files, content_type)

    assert found.startswith(OF_THE_USER)
    assert reason in found


@pytest.mark.parametrize("mode", ["Pipe", "FastFile"])
def test_other_input_modes_than_file_are_refused(mode: str, failure: Callable[..., Any]) -> None:
    assert f"TrainingInputMode {mode} must be File" in failure(LOGISTIC, input_mode=mode)


def test_a_survival_job_is_told_that_no_channel_can_hold_its_labels(
    failure: Callable[..., Any],
) -> None:
    found = failure({"objective": "survival:aft", "num_round": "1"})

    assert found.startswith(OF_THE_USER)
    assert "survival:aft needs a lower and an upper bound for each row" in found


def test_a_failure_of_the_library_is_an_algorithm_error_with_a_trace_in_the_log_only(
    failure: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    found = failure(LOGISTIC | {"tree_method": "gpu_hist"})

    assert found.startswith(
        "framework error: \nAlgorithmError: XGB train call failed with exception:\n "
    )
    assert "Traceback" not in found
    assert "Traceback (most recent call last)" in capsys.readouterr().out


def test_a_failure_reason_has_at_most_1024_characters(failure: Callable[..., Any]) -> None:
    assert len(failure({"x" * 5000: "1"} | LOGISTIC)) == 1024
