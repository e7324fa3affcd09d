"""Tasks of the search's benchmark that train XGBoost for real, in the ranges of `retune space`."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import xgboost
from sklearn import datasets
from sklearn.model_selection import train_test_split
from tuning.algorithms.recommended_space import recommended_space

from benchmarks.playing.tasks import Hyperparameters, Task, scaled_task

ROUNDS = 50
ROWS = 1500
SEED = 7  # of data and training, so that a configuration has one value
INTEGERS = ("max_depth",)
MAXIMIZED = ("auc",)

Data = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]
Settings = dict[str, Any]


def xgboost_trainings() -> list[Task]:
    """The value is the validation metric after the last round, as a training job reports it."""
    classes = datasets.make_classification(
        ROWS, 20, n_informative=8, flip_y=0.1, class_sep=0.7, random_state=SEED
    )
    friedman = datasets.make_friedman1(ROWS, 10, noise=2.0, random_state=SEED)
    binary = {"objective": "binary:logistic", "eval_metric": "logloss"}
    squares = {"objective": "reg:squarederror", "eval_metric": "rmse"}
    digits = {"objective": "multi:softprob", "num_class": 10, "eval_metric": "mlogloss"}
    return [
        _task("XGBoost, digits", datasets.load_digits(return_X_y=True), digits),
        _task("XGBoost, cancer", datasets.load_breast_cancer(return_X_y=True), binary),
        _task("XGBoost, diabetes", datasets.load_diabetes(return_X_y=True), squares),
        _task("XGBoost, classes", classes, binary | {"eval_metric": "auc"}),
        _task("XGBoost, Friedman", friedman, squares),
    ]


def _task(name: str, data: Data, settings: Settings) -> Task:
    train, validation, train_labels, validation_labels = train_test_split(
        *data, test_size=0.3, random_state=SEED
    )
    matrices = xgboost.DMatrix(train, train_labels), xgboost.DMatrix(validation, validation_labels)
    return scaled_task(name, recommended_ranges(), partial(train, *matrices, settings))


def recommended_ranges() -> dict[str, list[Any]]:
    space = [{"Name": name} | range_ for name, range_ in recommended_space("xgboost").items()]
    return {
        "IntegerParameterRanges": [each for each in space if each["Name"] in INTEGERS],
        "ContinuousParameterRanges": [each for each in space if each["Name"] not in INTEGERS],
    }


def train(
    training: xgboost.DMatrix,
    validation: xgboost.DMatrix,
    settings: Settings,
    hyperparameters: Hyperparameters,
) -> float:
    return curve(training, validation, settings, hyperparameters)[-1]


def curve(
    training: xgboost.DMatrix,
    validation: xgboost.DMatrix,
    settings: Settings,
    hyperparameters: Hyperparameters,
    rounds: int = ROUNDS,
) -> list[float]:
    """The validation metric after each round, with its sign turned where less is better."""
    told: dict[str, Any] = {}
    xgboost.train(
        {**settings, **hyperparameters, "nthread": 1, "seed": SEED},
        training,
        rounds,
        evals=[(validation, "validation")],
        evals_result=told,
        verbose_eval=False,
    )
    metric = settings["eval_metric"]
    sign = 1 if metric in MAXIMIZED else -1
    return [sign * value for value in told["validation"][metric]]
