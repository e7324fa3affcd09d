"""What tuning costs through the whole local workflow, beside a plain pool of processes.

    python -m benchmarks.tuning [--repeats 3]

An execution of the deployed state machine tunes 20 training jobs, 3 at a time, and deploys the best
one; then a pool of 3 processes (benchmarks/programs/plain_pool.py) trains the same 20 with the same
library, data and threads. The same with 200 training jobs that take next to no time themselves.
Both sides must find the same AUC, to the five digits of it that a log has.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from local_sagemaker.local_aws import LocalAws

from benchmarks.harness.figure import Figure, at_most
from benchmarks.harness.local import deploy, local_aws
from benchmarks.harness.result import publish

FEATURES = 20
RANGES = {
    "max_depth": {"MinValue": "3", "MaxValue": "8", "ScalingType": "Linear"},
    "eta": {"MinValue": "0.01", "MaxValue": "0.3", "ScalingType": "Logarithmic"},
}


@dataclass(frozen=True)
class Size:
    """Training jobs, rows of the train channel, and rounds of each job."""

    jobs: int
    rows: int
    rounds: int
    strategy: str


USUAL = Size(jobs=20, rows=20_000, rounds=100, strategy="Bayesian")
CHEAP = Size(jobs=200, rows=200, rounds=2, strategy="Random")


@dataclass(frozen=True)
class Times:
    """Seconds of the execution, of its tuning job, and of the pool with the same trials."""

    execution: float
    tuning: float
    pool: float


def write_data(folder: Path, size: Size) -> None:
    random = np.random.default_rng(size.rows)
    for channel, rows in (("train", size.rows), ("validation", 2000), ("test", 2000)):
        features = random.normal(size=(rows, FEATURES))
        labels = features[:, :3].sum(axis=1) + random.normal(size=rows) > 0
        table = np.column_stack([labels, features])
        np.savetxt(folder / f"{channel}.csv", table, delimiter=",", fmt="%.5g")


def measure(server: LocalAws, outputs: dict[str, str], size: Size) -> Times:
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory)
        write_data(folder, size)
        for file in folder.iterdir():
            key = f"data/{file.stem}/part.csv"
            server.client("s3").upload_file(str(file), outputs["DataBucketName"], key)
        execution = run(server, outputs["StateMachineArn"], size)
        sagemaker = server.client("sagemaker")
        newest = {"SortBy": "CreationTime", "SortOrder": "Descending", "MaxResults": 1}
        (tuned,) = sagemaker.list_hyper_parameter_tuning_jobs(**newest)[
            "HyperParameterTuningJobSummaries"
        ]
        took = tuned["HyperParameterTuningEndTime"] - tuned["CreationTime"]
        trials = trials_of(sagemaker, tuned["HyperParameterTuningJobName"])
        return Times(execution, took.total_seconds(), pool_seconds(folder, trials))


def run(server: LocalAws, machine: str, size: Size) -> float:
    """Seconds of an execution, which must succeed."""
    states = server.client("stepfunctions")
    static = {"objective": "binary:logistic", "eval_metric": "auc", "num_round": str(size.rounds)}
    document = {
        "Strategy": size.strategy,
        "RandomSeed": 1,
        "StaticHyperParameters": static,
        "ParameterRanges": RANGES,
        "ResourceLimits": {"MaxNumberOfTrainingJobs": size.jobs, "MaxParallelTrainingJobs": 3},
        "Promotion": {"Margin": -1},
    }
    begun = states.start_execution(stateMachineArn=machine, input=json.dumps(document))
    while True:
        told = states.describe_execution(executionArn=begun["executionArn"])
        if told["status"] == "SUCCEEDED":
            return float((told["stopDate"] - told["startDate"]).total_seconds())
        if told["status"] != "RUNNING":
            raise RuntimeError(f"{told['status']}: {told.get('error')}: {told.get('cause')}")
        time.sleep(0.5)


def trials_of(sagemaker: Any, tuning_job: str) -> list[tuple[dict[str, str], float]]:
    """Hyperparameters and objective value of each training job, in the order of their start."""
    pages = sagemaker.get_paginator("list_training_jobs_for_hyper_parameter_tuning_job").paginate(
        HyperParameterTuningJobName=tuning_job, SortBy="CreationTime", SortOrder="Ascending"
    )
    jobs = [job for page in pages for job in page["TrainingJobSummaries"]]
    return [
        (
            sagemaker.describe_training_job(TrainingJobName=job["TrainingJobName"])[
                "HyperParameters"
            ],
            job["FinalHyperParameterTuningJobObjectiveMetric"]["Value"],
        )
        for job in jobs
    ]


def pool_seconds(folder: Path, trials: list[tuple[dict[str, str], float]]) -> float:
    lines = "\n".join(json.dumps(hyperparameters) for hyperparameters, _ in trials)
    command = [sys.executable, "-m", "benchmarks.programs.plain_pool", str(folder)]
    ended = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    told = json.loads(ended.stdout)
    # The container's log, and so SageMaker, has five digits of a metric.
    assert [f"{value:.5f}" for value in told["values"]] == [f"{value:.5f}" for _, value in trials]
    return float(told["seconds"])


NOTES = (
    "A cheap training job costs the server about 100 ms of processor time, for a dozen calls "
    "to S3, logs and metrics that IAM decides about. Its own process is a fork, and takes "
    "about 70 ms more than a worker of the pool: most of it for pages of memory that the fork"
    " touches first.",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=3)
    repeats = parser.parse_args().repeats
    with local_aws() as server:
        outputs = deploy(server)
        usual = [measure(server, outputs, USUAL) for _ in range(repeats)]
        cheap = [measure(server, outputs, CHEAP) for _ in range(repeats)]
    pool = tuple(times.pool for times in usual)
    more = tuple(1000 * (times.tuning - times.pool) / CHEAP.jobs for times in cheap)
    what, which = f"{USUAL.jobs} training jobs, 3 at a time", f"{CHEAP.jobs} cheap training jobs"
    tuning, execution = (tuple(getattr(t, name) for t in usual) for name in ("tuning", "execution"))
    publish(
        "tuning",
        "Tuning through the whole workflow",
        "a plain pool of 3 processes, with the same trials, library and threads",
        [
            Figure(f"{what}: tuning job", "s", tuning, pool, at_most(1.15, 3)),
            Figure(f"{what}: execution", "s", execution, pool, at_most(1.15, 13)),
            Figure(f"{which}: what each costs more", "ms", more, (), at_most(plus=50)),
        ],
        NOTES,
    )


if __name__ == "__main__":
    main()
