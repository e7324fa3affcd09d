"""A published AMT run, trained again: the metrics are the same to five decimals.

Source of the figures: published_trials.json. The objective that AMT reports is the metric of the
last or of the last but one round: at the end XGBoost logs the last one or not, by chance.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sklearn.datasets import load_digits

from tests.containers.training_job import TrainingJob

PUBLISHED = json.loads(Path(__file__).with_name("published_trials.json").read_text())
TRIALS = {trial["training_job"]: trial for trial in PUBLISHED["trials"]}
TRAIN_ROWS = 1257
TUNED = ("alpha", "eta", "max_depth", "min_child_weight")


@pytest.fixture(scope="module")
def digits() -> dict[str, dict[str, str]]:
    data = load_digits()
    lines = [
        f"{label}," + ",".join(f"{value:g}" for value in row)
        for row, label in zip(data.data, data.target, strict=True)
    ]
    parts = {"train": lines[:TRAIN_ROWS], "validation": lines[TRAIN_ROWS:]}
    return {name: {"digits.csv": "\n".join(part) + "\n"} for name, part in parts.items()}


@pytest.fixture(scope="module")
def last_rounds(digits, tmp_path_factory) -> dict[str, list[float]]:
    """The objective in the last two rounds of every trial; two trials train at a time."""

    def train(name: str) -> list[float]:
        hyperparameters = PUBLISHED["static_hyperparameters"] | {
            "_tuning_objective_metric": PUBLISHED["objective_metric"],
            **{parameter: str(TRIALS[name][parameter]) for parameter in TUNED},
        }
        job = TrainingJob(tmp_path_factory.mktemp(name), PUBLISHED["image_version"])
        rounds = job.run(hyperparameters, digits).rounds
        return [metrics["validation-accuracy"] for metrics in rounds[-2:]]

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(TRIALS, pool.map(train, TRIALS), strict=True))


@pytest.mark.parametrize("name", TRIALS)
def test_train_reports_the_published_objective(name, last_rounds):
    assert TRIALS[name]["objective"] in last_rounds[name]


def test_train_logs_the_published_rounds(digits, tmp_path):
    logged = PUBLISHED["logged_job"]
    hyperparameters = PUBLISHED["static_hyperparameters"] | logged["hyperparameters"]

    job = TrainingJob(tmp_path, PUBLISHED["image_version"]).run(hyperparameters, digits)

    assert len(job.rounds) == 1 + max(map(int, logged["rounds"]))
    for number, metrics in logged["rounds"].items():
        assert job.rounds[int(number)] == pytest.approx(metrics, abs=1.01e-5)
