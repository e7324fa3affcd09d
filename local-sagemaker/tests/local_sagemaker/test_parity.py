"""A published AMT run, trained again by CreateTrainingJob: the metrics agree to five decimals.

Source of the figures: published_trials.json. What AMT reports of a job are the metrics of the last
or of the last but one round: at the end XGBoost logs the last one or not, by chance.
"""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sklearn.datasets import load_digits

from tests.local_sagemaker.server import (
    BUCKET,
    IMAGE,
    LocalSageMaker,
    new_name,
    training_definition,
)
from tests.local_sagemaker.waiting import log_lines, wait_for_training

PUBLISHED = json.loads(Path(__file__).with_name("published_trials.json").read_text())
TRIALS = {trial["training_job"]: trial for trial in PUBLISHED["trials"]}
TRAIN_ROWS = 1257
TUNED = ("alpha", "eta", "max_depth", "min_child_weight")
METRIC = re.compile(r"#011([a-z]+-[a-z]+):([0-9.]+)")

Rounds = list[dict[str, float]]


@pytest.fixture(scope="module")
def digits(local: LocalSageMaker) -> str:
    """The bucket's prefix of both channels: the rows in order, the label first."""
    data = load_digits()
    lines = [
        f"{label}," + ",".join(f"{value:g}" for value in row)
        for row, label in zip(data.data, data.target, strict=True)
    ]
    for channel, part in (("train", lines[:TRAIN_ROWS]), ("validation", lines[TRAIN_ROWS:])):
        local.s3.put_object(
            Bucket=BUCKET, Key=f"digits/{channel}/digits.csv", Body="\n".join(part) + "\n"
        )
    return f"s3://{BUCKET}/digits"


def train(local: LocalSageMaker, digits: str, hyperparameters: dict[str, str]) -> Rounds:
    """The metrics of each round that a training job with the published image logs."""
    name = new_name("published")
    definition = training_definition()
    definition["AlgorithmSpecification"]["TrainingImage"] = IMAGE.replace(
        "3.0-5", PUBLISHED["image_version"]
    )
    for channel in definition["InputDataConfig"]:
        channel["DataSource"]["S3DataSource"]["S3Uri"] = f"{digits}/{channel['ChannelName']}/"
    local.sagemaker.create_training_job(
        TrainingJobName=name,
        HyperParameters=PUBLISHED["static_hyperparameters"] | hyperparameters,
        **definition,
    )
    assert wait_for_training(local, name)["TrainingJobStatus"] == "Completed"
    log = log_lines(local, "/aws/sagemaker/TrainingJobs", name)
    rounds = [line for line in log if re.match(r"\[\d+\]#011", line)]
    return [{metric: float(value) for metric, value in METRIC.findall(line)} for line in rounds]


@pytest.fixture(scope="module")
def rounds_of_trials(local: LocalSageMaker, digits: str) -> dict[str, Rounds]:
    """Two trials train at a time, one on each core of a small machine."""

    def train_trial(name: str) -> Rounds:
        tuned = {parameter: str(TRIALS[name][parameter]) for parameter in TUNED}
        objective = {"_tuning_objective_metric": PUBLISHED["objective_metric"]}
        return train(local, digits, objective | tuned)

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(TRIALS, pool.map(train_trial, TRIALS), strict=True))


@pytest.mark.parametrize("name", TRIALS)
def test_a_trial_reports_the_published_metrics(
    name: str, rounds_of_trials: dict[str, Rounds]
) -> None:
    published = TRIALS[name]["metrics"].items()

    last, last_but_one = rounds_of_trials[name][-1], rounds_of_trials[name][-2]
    assert published <= last.items() or published <= last_but_one.items()


def test_a_job_logs_the_published_rounds(local: LocalSageMaker, digits: str) -> None:
    logged = PUBLISHED["logged_job"]

    rounds = train(local, digits, logged["hyperparameters"])

    assert len(rounds) == 1 + max(map(int, logged["rounds"]))
    for number, metrics in logged["rounds"].items():
        assert rounds[int(number)] == pytest.approx(metrics, abs=1.01e-5)
