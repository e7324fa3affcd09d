"""Linear Learner's training: as good as scikit-learn's linear models, metrics as SageMaker's."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from local_sagemaker.containers.recordio import write_rows
from sklearn import datasets, metrics
from sklearn.linear_model import LinearRegression, LogisticRegression, QuantileRegressor
from sklearn.model_selection import train_test_split
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from tests.containers.linear_learner import Job, binary_rows, csv

BINARY = {"predictor_type": "binary_classifier"}
REGRESSOR = {"predictor_type": "regressor"}
THOROUGH = {
    "epochs": "100",
    "mini_batch_size": "100",
    "early_stopping_patience": "100",
    "binary_classifier_model_selection_criteria": "loss_function",
}


@pytest.fixture
def train(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Callable[..., Any]:
    """A finished job: hyperparameters, and (features, labels) by channel."""

    def run(hyperparameters: dict[str, str], **channels: tuple[np.ndarray, np.ndarray]) -> Job:
        job = Job(tmp_path)
        job.prepare(
            hyperparameters, {name: {"a.csv": csv(*rows)} for name, rows in channels.items()}
        )
        return job.run(caplog)

    return run


def split(features: np.ndarray, labels: np.ndarray) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """A train and a validation channel."""
    parts = train_test_split(features, labels, test_size=0.3, random_state=0)
    return {"train": (parts[0], parts[2]), "validation": (parts[1], parts[3])}


def scikit_learn(
    estimator: LinearRegression | LogisticRegression,
    channels: dict[str, tuple[np.ndarray, np.ndarray]],
) -> Pipeline:
    return make_pipeline(StandardScaler(), estimator).fit(*channels["train"])


@pytest.mark.parametrize(
    ("load", "predictor"),
    [
        (datasets.load_breast_cancer, BINARY),
        (datasets.load_wine, {"predictor_type": "multiclass_classifier", "num_classes": "3"}),
        (datasets.load_iris, {"predictor_type": "multiclass_classifier", "num_classes": "3"}),
    ],
    ids=["breast cancer", "wine", "iris"],
)
def test_a_classifier_is_as_good_as_logistic_regression(
    load: Callable[..., Any], predictor: dict[str, str], train: Callable[..., Any]
) -> None:
    channels = split(*load(return_X_y=True))
    features, labels = channels["validation"]
    expected = scikit_learn(LogisticRegression(), channels).predict_proba(features)

    model = train(predictor | THOROUGH, **channels).model

    scores = model.scores(features)
    assert metrics.log_loss(labels, scores) <= metrics.log_loss(labels, expected) * 1.02
    accuracy = metrics.accuracy_score(labels, model.labels(scores))
    assert accuracy >= metrics.accuracy_score(labels, expected.argmax(axis=1)) - 0.01


def test_a_regressor_is_as_good_as_linear_regression(train: Callable[..., Any]) -> None:
    channels = split(*datasets.load_diabetes(return_X_y=True))
    features, labels = channels["validation"]
    expected = scikit_learn(LinearRegression(), channels).predict(features)

    model = train(REGRESSOR | THOROUGH, **channels).model

    error = metrics.mean_squared_error(labels, model.scores(features)[:, 0])
    assert error <= metrics.mean_squared_error(labels, expected) * 1.01


def test_defaults_are_enough_for_a_good_classifier(train: Callable[..., Any]) -> None:
    channels = split(*binary_rows(2000))
    features, labels = channels["validation"]
    expected = scikit_learn(LogisticRegression(), channels).predict(features)

    model = train(BINARY, **channels).model

    accuracy = metrics.accuracy_score(labels, model.labels(model.scores(features)))
    assert accuracy >= metrics.accuracy_score(labels, expected) - 0.01


def test_without_regularisation_the_weights_are_those_of_least_squares(
    train: Callable[..., Any],
) -> None:
    rng = np.random.default_rng(0)
    features = rng.normal(size=(500, 3)) * [1, 100, 0.01] + [0, 50, 3]
    labels = features @ [2.0, -0.03, 40.0] + 7 + rng.normal(scale=0.1, size=500)
    exact = LinearRegression().fit(features, labels)

    model = train(REGRESSOR | THOROUGH | {"wd": "0", "l1": "0"}, train=(features, labels)).model

    assert model.weights[:, 0] == pytest.approx(exact.coef_, rel=0.02)
    assert model.bias[0] == pytest.approx(exact.intercept_, rel=0.05)


@pytest.mark.parametrize("optimizer", ["sgd", "adam", "rmsprop"])
def test_every_optimizer_learns(optimizer: str, train: Callable[..., Any]) -> None:
    features = np.random.default_rng(5).normal(size=(400, 3))
    channels = split(features, features @ [3.0, -1.0, 0.0] + 5.0)
    rate = {"learning_rate": "0.01", "num_models": "1", "optimizer": optimizer}

    job = train(REGRESSOR | THOROUGH | rate, **channels)

    assert job.metric("validation:mse")[0] < 0.01


@pytest.mark.parametrize("quantile", ["0.1", "0.5", "0.9"])
def test_quantile_loss_predicts_quantiles(quantile: str, train: Callable[..., Any]) -> None:
    rng = np.random.default_rng(1)
    features = rng.normal(size=(600, 2))
    labels = features @ [1.0, 2.0] + rng.exponential(size=600)
    exact = QuantileRegressor(quantile=float(quantile), alpha=0).fit(features, labels)
    loss = {"loss": "quantile_loss", "quantile": quantile, "wd": "0"}

    model = train(REGRESSOR | THOROUGH | loss, train=(features, labels)).model

    def mean_loss(predicted: np.ndarray) -> float:
        return float(metrics.mean_pinball_loss(labels, predicted, alpha=float(quantile)))

    assert mean_loss(model.scores(features)[:, 0]) <= mean_loss(exact.predict(features)) * 1.02


@pytest.mark.parametrize(
    "loss",
    [
        "squared_loss",
        "absolute_loss",
        "huber_loss",
        "eps_insensitive_squared_loss",
        "eps_insensitive_absolute_loss",
    ],
)
def test_every_regression_loss_finds_the_line(loss: str, train: Callable[..., Any]) -> None:
    features = np.random.default_rng(2).normal(size=(400, 2))
    labels = features @ [3.0, -1.0] + 5.0

    model = train(REGRESSOR | THOROUGH | {"loss": loss}, train=(features, labels)).model

    assert np.abs(model.scores(features)[:, 0] - labels).mean() < 0.1


def test_hinge_loss_scores_are_distances_and_not_probabilities(train: Callable[..., Any]) -> None:
    channels = split(*binary_rows())
    model = train(BINARY | THOROUGH | {"loss": "hinge_loss"}, **channels).model

    scores = model.scores(channels["validation"][0])
    assert scores.min() < 0
    assert scores.max() > 1
    assert (model.labels(scores) == channels["validation"][1]).mean() > 0.9


def test_l1_removes_features_without_use_and_keeps_the_others(train: Callable[..., Any]) -> None:
    rng = np.random.default_rng(3)
    features = rng.normal(size=(500, 10))
    labels = features[:, 0] * 3.0 + rng.normal(scale=0.5, size=500)

    model = train(REGRESSOR | THOROUGH | {"l1": "0.3", "wd": "0"}, train=(features, labels)).model

    assert (model.weights[1:, 0] == 0).all()
    assert model.weights[0, 0] > 2


def test_weight_decay_makes_weights_small(train: Callable[..., Any]) -> None:
    channels = split(*binary_rows())
    free = train(BINARY | THOROUGH | {"wd": "0"}, **channels).model
    held = train(BINARY | THOROUGH | {"wd": "1"}, **channels).model

    assert 0 < held.weights[0, 0] < 0.5 * free.weights[0, 0]


@pytest.mark.parametrize("spelling", ["false", "False"])
def test_without_a_bias_the_model_goes_through_the_origin(
    train: Callable[..., Any], spelling: str
) -> None:
    model = train(BINARY | {"use_bias": spelling}, train=binary_rows()).model

    assert model.bias[0] == 0


def test_a_weight_on_positive_examples_raises_their_scores(train: Callable[..., Any]) -> None:
    rng = np.random.default_rng(6)
    features = rng.normal(size=(800, 2))
    labels = (features[:, 0] + 2 * rng.normal(size=800) > 2).astype(float)
    even = train(BINARY | THOROUGH, train=(features, labels)).model
    weighted = {"positive_example_weight_mult": "balanced"}
    balanced = train(BINARY | THOROUGH | weighted, train=(features, labels)).model

    assert even.scores(features).mean() == pytest.approx(labels.mean(), abs=0.1)
    assert balanced.scores(features).mean() == pytest.approx(0.5, abs=0.1)


def test_class_weights_raise_the_recall_of_rare_classes(train: Callable[..., Any]) -> None:
    rng = np.random.default_rng(4)
    labels = rng.choice(3, size=900, p=[0.9, 0.05, 0.05])
    features = rng.normal(size=(900, 2)) + np.array([[0, 0], [1.5, 0], [0, 1.5]])[labels]
    several = {"predictor_type": "multiclass_classifier", "num_classes": "3"} | THOROUGH
    plain = train(several, train=(features, labels)).metric("train:macro_recall")

    job = train(several | {"balance_multiclass_weights": "true"}, train=(features, labels))

    assert job.metric("train:macro_recall")[0] > plain[0] + 0.1


@pytest.mark.parametrize(
    ("criterion", "extra"),
    [
        ("precision_at_target_recall", {"target_recall": "0.95"}),
        ("recall_at_target_precision", {"target_precision": "0.95"}),
    ],
)
def test_the_threshold_holds_its_target(
    criterion: str, extra: dict[str, str], train: Callable[..., Any]
) -> None:
    channels = split(*binary_rows(600, share=0.3))
    chosen = {"binary_classifier_model_selection_criteria": criterion, **extra}

    job = train(BINARY | chosen, **channels)

    held = "recall" if "target_recall" in extra else "precision"
    assert job.metric(f"validation:{held}")[0] >= 0.95


def test_the_threshold_for_f_beta_beats_the_natural_one(train: Callable[..., Any]) -> None:
    channels = split(*binary_rows(600, share=0.1))
    features, labels = channels["validation"]
    criterion = {"binary_classifier_model_selection_criteria": "f_beta", "f_beta": "2"}

    job = train(BINARY | criterion, **channels)

    natural = metrics.fbeta_score(labels, job.model.scores(features)[:, 0] >= 0.5, beta=2)
    assert job.metric("validation:binary_f_beta")[0] >= natural
    assert "validation binary_f_2.000 <score>=" in job.log


def test_metrics_of_a_binary_classifier_are_those_of_scikit_learn(
    train: Callable[..., Any],
) -> None:
    features, labels = binary_rows(500, share=0.3)
    features = features[:, :1].round(0)  # so that scores are equal at times
    job = train(BINARY, train=(features, labels), test=(features, labels))

    scores = job.model.scores(features)
    predicted = job.model.labels(scores)
    expected = {
        "binary_classification_accuracy": metrics.accuracy_score(labels, predicted),
        "binary_f_beta": metrics.f1_score(labels, predicted),
        "precision": metrics.precision_score(labels, predicted),
        "recall": metrics.recall_score(labels, predicted),
        "roc_auc_score": metrics.roc_auc_score(labels, scores[:, 0]),
        "objective_loss": metrics.log_loss(labels, scores[:, 0]),
    }
    assert {name: job.metric(f"test:{name}") for name in expected} == {
        name: [pytest.approx(value)] for name, value in expected.items()
    }


def test_metrics_of_several_classes_are_those_of_scikit_learn(train: Callable[..., Any]) -> None:
    features, labels = datasets.load_wine(return_X_y=True)
    features = features[:, :2]  # too little to be right always
    job = train(
        {"predictor_type": "multiclass_classifier", "num_classes": "3", "accuracy_top_k": "2"},
        train=(features, labels),
        test=(features, labels),
    )

    scores = job.model.scores(features)
    predicted = job.model.labels(scores)
    expected = {
        "multiclass_accuracy": metrics.accuracy_score(labels, predicted),
        "multiclass_top_k_accuracy": metrics.top_k_accuracy_score(labels, scores, k=2),
        "dcg": metrics.ndcg_score(np.eye(3)[labels], scores),
        "macro_recall": metrics.recall_score(labels, predicted, average="macro"),
        "macro_precision": metrics.precision_score(labels, predicted, average="macro"),
        "macro_f_beta": metrics.f1_score(labels, predicted, average="macro"),
        "objective_loss": metrics.log_loss(labels, scores),
    }
    assert {name: job.metric(f"test:{name}") for name in expected} == {
        name: [pytest.approx(value)] for name, value in expected.items()
    }


def test_metrics_of_a_regressor_are_those_of_scikit_learn(train: Callable[..., Any]) -> None:
    channels = split(*datasets.load_diabetes(return_X_y=True))
    features, labels = channels["validation"]
    job = train(REGRESSOR, **channels)

    predicted = job.model.scores(features)[:, 0]
    expected = {
        "mse": metrics.mean_squared_error(labels, predicted),
        "rmse": metrics.root_mean_squared_error(labels, predicted),
        "absolute_loss": metrics.mean_absolute_error(labels, predicted),
        "objective_loss:final": metrics.mean_squared_error(labels, predicted),
    }
    assert {name: job.metric(f"validation:{name}") for name in expected} == {
        name: [pytest.approx(value)] for name, value in expected.items()
    }


def test_the_loss_is_reported_after_every_epoch_and_the_rest_at_the_end(
    train: Callable[..., Any],
) -> None:
    job = train(BINARY | {"early_stopping_patience": "20"}, **split(*binary_rows()))

    assert len(job.metric("train:objective_loss")) == 15
    assert len(job.metric("validation:objective_loss")) == 15
    assert job.metric("train:progress")[-1] == 100
    assert len(job.metric("validation:roc_auc_score")) == 1


def test_without_validation_data_the_training_data_is_scored(train: Callable[..., Any]) -> None:
    job = train(BINARY, train=binary_rows())

    assert len(job.metric("train:binary_classification_accuracy")) == 1
    assert job.metric("validation:objective_loss") == []


def test_training_ends_when_nothing_improves(train: Callable[..., Any]) -> None:
    job = train(BINARY | {"epochs": "500"}, **split(*binary_rows()))

    assert len(job.metric("train:objective_loss")) < 50


def test_a_tuning_job_trains_one_model(train: Callable[..., Any]) -> None:
    channels = split(*binary_rows())
    tuned = {"_tuning_objective_metric": "validation:roc_auc_score", "num_models": "32"}
    one, alone = train(BINARY | tuned, **channels), train(BINARY | {"num_models": "1"}, **channels)

    assert one.metric("validation:objective_loss") == alone.metric("validation:objective_loss")


def test_training_is_the_same_every_time(train: Callable[..., Any]) -> None:
    one, other = train(BINARY, train=binary_rows()), train(BINARY, train=binary_rows())

    assert (one.model.weights == other.model.weights).all()


def test_recordio_trains_the_same_model_as_csv(
    train: Callable[..., Any], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    features, labels = binary_rows()
    features = features.astype(np.float32)
    from_csv = train(BINARY, train=(features, labels)).model
    job = Job(tmp_path / "recordio")
    records = {"train": {"a.pbr": write_rows(features, labels)}}
    job.prepare(BINARY | {"feature_dim": "4"}, records, content_type=None)

    assert job.run(caplog).model.weights == pytest.approx(from_csv.weights)


def test_a_stopped_job_leaves_its_best_model(tmp_path: Path) -> None:
    job = Job(tmp_path)
    endless = {"epochs": "1000000", "early_stopping_patience": "1000000"}
    job.prepare(BINARY | endless, {"train": {"a.csv": csv(*binary_rows(2000))}})

    process = job.start()
    assert process.stdout is not None
    for line in process.stdout:
        if "epoch=5," in line:
            break
    process.send_signal(signal.SIGTERM)
    log = process.communicate(timeout=20)[0]

    assert process.returncode == 0
    assert "train binary_classification_accuracy <score>=" in log
    assert job.model.width == 4


def test_the_log_has_the_containers_format(tmp_path: Path) -> None:
    job = Job(tmp_path)
    job.prepare(BINARY, {"train": {"a.csv": csv(*binary_rows())}})

    log = job.start().communicate(timeout=20)[0]

    pattern = r"\[\d\d/\d\d/\d{4} \d\d:\d\d:\d\d INFO \d+\] #quality_metric: host=algo-1, epoch=0, "
    assert re.search(
        pattern + r"train binary_classification_cross_entropy_objective <loss>=0\.\d+\n", log
    )
