"""What the search strategies are compared on: functions, real training, surrogates of training."""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from local_sagemaker.search.strategies import create_search
from sklearn import datasets
from sklearn.linear_model import SGDClassifier
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeRegressor

DRAWS = 300  # random configurations that give the scale of regret
SURROGATES = ("bank", "telco", "caravan", "magic", "adult", "california")
SCALING = {"log": "Logarithmic"}
ROWS = 500  # of a data set, so that a training takes a few hundredths of a second

Hyperparameters = Mapping[str, str]


@dataclass(frozen=True)
class Task:
    """A value to maximise. Regret is 0 at best and 1 at usual."""

    name: str
    ranges: dict[str, list[dict[str, Any]]]
    value: Callable[[Hyperparameters], float]
    best: float
    usual: float
    noise: float = 0.0
    curve: Callable[[Hyperparameters, int], list[float]] | None = None  # of so many rounds

    def regret(self, value: float) -> float:
        return (self.best - value) / (self.best - self.usual)


def tuning_config(strategy: str, seed: int, ranges: dict[str, list[Any]]) -> dict[str, Any]:
    return {
        "Strategy": strategy,
        "RandomSeed": seed,
        "HyperParameterTuningJobObjective": {"Type": "Maximize", "MetricName": "value"},
        "ParameterRanges": ranges,
    }


def number(name: str, low: float, high: float, scaling: str = "Linear") -> dict[str, str]:
    return {"Name": name, "MinValue": str(low), "MaxValue": str(high), "ScalingType": scaling}


def scaled_task(
    name: str,
    ranges: dict[str, list[Any]],
    value: Callable[[Hyperparameters], float],
    best: float | None = None,
    draws: int = DRAWS,
) -> Task:
    """On the scale of random configurations; the best of them is 0 unless the best is known."""
    search = create_search(tuning_config("Random", 12345, ranges))
    drawn = [search.suggest() for _ in range(draws)]
    values = [value(each.hyperparameters) for each in drawn if each is not None]
    return Task(name, ranges, value, max(values) if best is None else best, np.median(values))


def functions() -> list[Task]:
    """From the literature on optimisation; Branin's axes are as they are, no logarithms."""
    cube = [number(f"x{i}", 0, 1) for i in range(6)]
    valley = [number(f"x{i}", -2, 2) for i in range(4)]
    branin_ranges = [number("x0", -5, 10), number("x1", 0, 15)]
    continuous = "ContinuousParameterRanges"
    return [
        scaled_task("Branin", {continuous: branin_ranges}, _branin, -0.397887),
        scaled_task("Hartmann 6", {continuous: cube}, _hartmann, 3.32237),
        scaled_task("Rosenbrock 4", {continuous: valley}, _rosenbrock, 0.0),
    ]


def _coordinates(hyperparameters: Hyperparameters) -> np.ndarray[Any, Any]:
    return np.array([float(hyperparameters[name]) for name in sorted(hyperparameters)])


def _branin(hyperparameters: Hyperparameters) -> float:
    x, y = _coordinates(hyperparameters)
    bent = y - 5.1 / (4 * math.pi**2) * x**2 + 5 / math.pi * x - 6
    return -float(bent**2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10)


def _rosenbrock(hyperparameters: Hyperparameters) -> float:
    x = _coordinates(hyperparameters)
    return -float(np.log1p((100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()))


HARTMANN_HEIGHTS = np.array([1.0, 1.2, 3.0, 3.2])
HARTMANN_WIDTHS = np.array(
    [
        [10, 3, 17, 3.5, 1.7, 8],
        [0.05, 10, 17, 0.1, 8, 14],
        [3, 3.5, 1.7, 10, 17, 8],
        [17, 8, 0.05, 10, 0.1, 14],
    ]
)
HARTMANN_PEAKS = np.array(
    [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
        [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
        [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ]
)


def _hartmann(hyperparameters: Hyperparameters) -> float:
    squares = (_coordinates(hyperparameters) - HARTMANN_PEAKS) ** 2
    return float(HARTMANN_HEIGHTS @ np.exp(-(HARTMANN_WIDTHS * squares).sum(axis=1)))


def trainings() -> list[Task]:
    """Models of scikit-learn trained on its data sets; the value is a cross-validated score."""
    digits = datasets.load_digits(return_X_y=True)
    cancer = datasets.load_breast_cancer(return_X_y=True)
    diabetes = datasets.load_diabetes(return_X_y=True)
    kernel: dict[str, list[Any]] = {
        "ContinuousParameterRanges": [
            number("C", 0.01, 1000, "Logarithmic"),
            number("gamma", 0.00001, 1, "Logarithmic"),
        ],
        "CategoricalParameterRanges": [{"Name": "kernel", "Values": ["rbf", "sigmoid", "linear"]}],
    }
    linear: dict[str, list[Any]] = {
        "ContinuousParameterRanges": [
            number("alpha", 0.000001, 1, "Logarithmic"),
            number("eta0", 0.0001, 10, "Logarithmic"),
            number("l1_ratio", 0, 1),
        ],
        "CategoricalParameterRanges": [
            {"Name": "learning_rate", "Values": ["constant", "adaptive"]}
        ],
    }
    tree = {
        "IntegerParameterRanges": [
            number("max_depth", 1, 12),
            number("min_samples_leaf", 1, 60),
            number("max_features", 1, 10),
        ],
        "ContinuousParameterRanges": [number("ccp_alpha", 0.1, 1000, "Logarithmic")],
    }
    return [
        scaled_task("SVM, digits", kernel, partial(_score, SVC, digits)),
        scaled_task("linear, cancer", linear, partial(_score, _linear, cancer)),
        scaled_task("tree, diabetes", tree, partial(_score, _tree, diabetes)),
    ]


def _linear(**settings: Any) -> SGDClassifier:
    return SGDClassifier(loss="log_loss", penalty="elasticnet", random_state=0, **settings)


def _tree(**settings: Any) -> DecisionTreeRegressor:
    return DecisionTreeRegressor(random_state=0, **settings)


def _score(model: Callable[..., Any], data: Any, hyperparameters: Hyperparameters) -> float:
    settings = {name: _read(text) for name, text in hyperparameters.items()}
    pipeline = make_pipeline(StandardScaler(), model(**settings))
    features, labels = data
    return float(cross_val_score(pipeline, features[:ROWS], labels[:ROWS], cv=3).mean())


def _read(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def surrogates(folder: Path) -> list[Task]:
    """Functions fitted to trainings of XGBoost, with noise of the estimated size."""
    spec = importlib.util.spec_from_file_location("surrogate", folder / "surrogate.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{folder}: no surrogate.py there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    ranges: dict[str, list[Any]] = {"IntegerParameterRanges": [], "ContinuousParameterRanges": []}
    for name, kind, low, high in module.SPACE:
        key = "IntegerParameterRanges" if kind == "int" else "ContinuousParameterRanges"
        ranges[key].append(number(name, low, high, SCALING.get(kind, "Linear")))
    found = []
    for name in SURROGATES:
        fitted = module.Surr(name)
        value = partial(_surrogate_value, fitted, module.unit)
        found.append(Task(name, ranges, value, fitted.fbest, fitted.fmed, fitted.sigma))
    return found


def _surrogate_value(fitted: Any, unit: Any, hyperparameters: Hyperparameters) -> float:
    return float(fitted(unit({name: float(text) for name, text in hyperparameters.items()}))[0])
