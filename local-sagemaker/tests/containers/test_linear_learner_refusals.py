"""What Linear Learner refuses to train on, and the reason it leaves in output/failure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from local_sagemaker.containers.errors import UserError
from local_sagemaker.containers.linear_learner.hyperparameter_table import DEFAULTS, TABLE
from local_sagemaker.containers.recordio import write_rows

from tests.containers.linear_learner import Job, binary_rows, csv

BINARY = {"predictor_type": "binary_classifier"}
SEVERAL = {"predictor_type": "multiclass_classifier", "num_classes": "3"}
REGRESSOR = {"predictor_type": "regressor"}
TRAIN = {"train": {"a.csv": csv(*binary_rows(40))}}


@pytest.fixture
def failure(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Callable[..., Any]:
    """The reason of a job that fails."""

    def run(
        hyperparameters: dict[str, str],
        channels: dict[str, dict[str, bytes]] = TRAIN,
        **settings: Any,
    ) -> str:
        job = Job(tmp_path)
        job.prepare(hyperparameters, channels, **settings)
        with pytest.raises(UserError) as caught:
            job.run(caplog)
        assert not list(tmp_path.glob("model/*"))
        return caught.value.failure_reason

    return run


@pytest.mark.parametrize(
    ("hyperparameters", "reason"),
    [
        ({"predictor_type": "classifier"}, "predictor_type: classifier is not in ['binary_"),
        ({"num_classes": "0"}, "num_classes: 0 is not in [1, 1000000]"),
        ({"feature_dim": "0"}, "feature_dim: 0 is not in auto or [1, +inf)"),
        ({"accuracy_top_k": "0"}, "accuracy_top_k: 0 is not in [1, +inf)"),
        ({"balance_multiclass_weights": "yes"}, "balance_multiclass_weights: yes is not in"),
        ({"beta_1": "1.5"}, "beta_1: 1.5 is not in auto or [0, 1]"),
        ({"beta_2": "-1"}, "beta_2: -1.0 is not in auto or [0, 1]"),
        ({"bias_lr_mult": "0"}, "bias_lr_mult: 0.0 is not in auto or (0, +inf)"),
        ({"bias_wd_mult": "-1"}, "bias_wd_mult: -1.0 is not in auto or [0, +inf)"),
        ({"binary_classifier_model_selection_criteria": "auc"}, "auc is not in ['accuracy'"),
        ({"early_stopping_patience": "0"}, "early_stopping_patience: 0 is not in [1, +inf)"),
        ({"early_stopping_tolerance": "0"}, "early_stopping_tolerance: 0.0 is not in (0, +inf)"),
        ({"epochs": "0"}, "epochs: 0 is not in [1, +inf)"),
        ({"epochs": "1.5"}, "epochs: could not parse value '1.5': it must be an integer"),
        ({"f_beta": "0"}, "f_beta: 0.0 is not in (0, +inf)"),
        ({"huber_delta": "0"}, "huber_delta: 0.0 is not in (0, +inf)"),
        ({"init_bias": "none"}, "init_bias: could not parse value 'none': it must be a number"),
        ({"init_method": "zeros"}, "init_method: zeros is not in ['uniform', 'normal']"),
        ({"init_scale": "0"}, "init_scale: 0.0 is not in (0, +inf)"),
        ({"init_sigma": "0"}, "init_sigma: 0.0 is not in (0, +inf)"),
        ({"l1": "-1"}, "l1: -1.0 is not in auto or [0, +inf)"),
        ({"learning_rate": "0"}, "learning_rate: 0.0 is not in auto or (0, +inf)"),
        ({"learning_rate": "fast"}, "'fast': it must be auto or a number"),
        ({"learning_rate": "nan"}, "learning_rate: nan is not in auto or (0, +inf)"),
        ({"loss": "log"}, "loss: log is not in ['auto', 'logistic'"),
        ({"loss": "squared_loss"}, "loss: squared_loss does not go with predictor_type binary_"),
        ({"loss_insensitivity": "0"}, "loss_insensitivity: 0.0 is not in (0, +inf)"),
        ({"lr_scheduler_factor": "1"}, "lr_scheduler_factor: 1.0 is not in auto or (0, 1)"),
        ({"lr_scheduler_minimum_lr": "0"}, "lr_scheduler_minimum_lr: 0.0 is not in auto or (0"),
        ({"lr_scheduler_step": "0"}, "lr_scheduler_step: 0 is not in auto or [1, +inf)"),
        ({"margin": "0"}, "margin: 0.0 is not in (0, +inf)"),
        ({"mini_batch_size": "0"}, "mini_batch_size: 0 is not in [1, +inf)"),
        ({"momentum": "1"}, "momentum: 1.0 is not in auto or [0, 1)"),
        ({"normalize_data": "1"}, "normalize_data: 1 is not in ['auto', 'true', 'false']"),
        ({"normalize_label": "yes"}, "normalize_label: yes is not in ['auto', 'true', 'false']"),
        ({"num_calibration_samples": "0"}, "num_calibration_samples: 0 is not in auto or [1"),
        ({"num_models": "0"}, "num_models: 0 is not in auto or [1, +inf)"),
        ({"num_point_for_scaler": "0"}, "num_point_for_scaler: 0 is not in [1, +inf)"),
        ({"optimizer": "adagrad"}, "optimizer: adagrad is not in ['auto', 'sgd', 'adam', 'rmsp"),
        ({"positive_example_weight_mult": "0"}, "0.0 is not in balanced, auto or (0, +inf)"),
        ({"quantile": "1"}, "quantile: 1.0 is not in (0, 1)"),
        ({"target_precision": "2"}, "target_precision: 2.0 is not in [0, 1]"),
        ({"target_recall": "2"}, "target_recall: 2.0 is not in [0, 1]"),
        ({"unbias_data": "on"}, "unbias_data: on is not in ['auto', 'true', 'false']"),
        ({"unbias_label": "on"}, "unbias_label: on is not in ['auto', 'true', 'false']"),
        ({"use_bias": "yes"}, "use_bias: yes is not in ['true', 'false']"),
        ({"use_lr_scheduler": "auto"}, "use_lr_scheduler: auto is not in ['true', 'false']"),
        ({"wd": "-1"}, "wd: -1.0 is not in auto or [0, +inf)"),
        ({"_tuning_objective_metric": "train:mse"}, "_tuning_objective_metric: train:mse is not"),
        ({"rounds": "3"}, "Additional hyperparameters are not allowed ('rounds' was unexpected)"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_a_hyperparameter_is_refused_by_its_name(
    hyperparameters: dict[str, str], reason: str, failure: Callable[..., Any]
) -> None:
    found = failure(BINARY | hyperparameters)

    assert found.startswith("ClientError: ")
    assert reason in found


def test_predictor_type_is_required(failure: Callable[..., Any]) -> None:
    assert "No value(s) were specified for 'predictor_type'" in failure({})


def test_several_classes_need_their_number(failure: Callable[..., Any]) -> None:
    found = failure({"predictor_type": "multiclass_classifier"})
    assert "num_classes: 1 is not in [3, 1000000]" in found


def test_every_default_is_valid() -> None:
    for name, text in DEFAULTS.items():
        TABLE[name].read(text)


@pytest.mark.parametrize(
    ("channels", "settings", "reason"),
    [
        ({"validation": TRAIN["train"]}, {}, "Missing required channel: train"),
        (TRAIN | {"code": TRAIN["train"]}, {}, "('code' was unexpected)"),
        (TRAIN, {"content_type": "text/libsvm"}, "ContentType text/libsvm of channel 'train' is"),
        (TRAIN, {"content_type": None}, "content-type is 'application/x-recordio-protobuf'"),
        (TRAIN, {"input_mode": "FastFile"}, "TrainingInputMode FastFile of channel 'train' is not"),
        ({"train": {"a.csv": b""}}, {}, "No data in channel 'train'"),
        ({"train": {"a.csv": b"y,x\n1,2\n"}}, {}, "Unable to read data channel 'train'. Requested"),
        ({"train": {"a.csv": b"1,2\n1,\n"}}, {}, "Unable to read data channel 'train'"),
        ({"train": {"a.csv": b"1,2\n1,nan\n"}}, {}, "has values that are missing, NaN or infinite"),
        ({"train": {"a.csv": b"1,2\n0,2,3\n"}}, {}, "Unable to read data channel 'train'"),
        ({"train": {"a.csv": b"1\n0\n"}}, {}, "a label and at least one feature"),
        ({"train": {"a.csv": b"2,5\n0,1\n"}}, {}, "'train' has the label 2: predictor_type binary"),
        ({"train": {"a.csv": b"0.5,5\n0,1\n"}}, {}, "whole numbers from 0 to 1"),
        (TRAIN | {"validation": {"a.csv": b"1,2\n"}}, {}, "'validation' has 1 features, 4 were"),
    ],
    ids=[
        "no-train-channel",
        "unknown-channel",
        "unknown-content-type",
        "csv-without-content-type",
        "fast-file-mode",
        "no-rows",
        "header-row",
        "empty-cell",
        "nan",
        "uneven-rows",
        "no-features",
        "label-too-high",
        "label-between",
        "other-columns-in-validation",
    ],
)
def test_data_is_refused_with_the_reason(
    channels: dict[str, dict[str, bytes]],
    settings: dict[str, Any],
    reason: str,
    failure: Callable[..., Any],
) -> None:
    found = failure(BINARY, channels, **settings)

    assert found.startswith("ClientError: ")
    assert reason in found


def test_labels_of_several_classes_are_below_their_number(failure: Callable[..., Any]) -> None:
    channels = {"train": {"a.csv": b"3,5\n0,1\n"}}
    assert "whole numbers from 0 to 2" in failure(SEVERAL, channels)


def test_feature_dim_must_be_the_number_of_features(failure: Callable[..., Any]) -> None:
    assert "'train' has 4 features, 5 were expected" in failure(BINARY | {"feature_dim": "5"})


def test_records_without_labels_are_refused(failure: Callable[..., Any]) -> None:
    channels = {"train": {"a.pbr": write_rows([[1.0, 2.0]])}}
    assert "missing, NaN or infinite" in failure(REGRESSOR, channels, content_type=None)


def test_a_loss_that_grows_without_end_is_a_reason(failure: Callable[..., Any]) -> None:
    rate = {"optimizer": "sgd", "learning_rate": "1e200", "mini_batch_size": "5"}
    assert "lower learning_rate" in failure(REGRESSOR | rate)


def test_the_program_leaves_the_reason_and_ends_with_1(tmp_path: Path) -> None:
    job = Job(tmp_path)
    job.prepare(BINARY | {"epochs": "-1"}, TRAIN)

    process = job.start()
    log = process.communicate(timeout=20)[0]

    assert process.returncode == 1
    assert job.failure == "ClientError: Hyperparameter epochs: -1 is not in [1, +inf)"
    assert "ERROR" in log
