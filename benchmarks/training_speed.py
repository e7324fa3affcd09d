"""What the train program costs over plain XGBoost: both on the same data with the same threads.

    python -m benchmarks.training_speed [--rows 30000] [--rounds 100] [--repeats 5]

Both read the same CSV files and evaluate AUC on both of them in every round. Plain XGBoost is
timed inside a process that has imported it; the program from its start to its end as well, which is
what a tuning job waits for where it cannot be a fork. The least of the repeats counts.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import xgboost
from local_sagemaker.containers.xgboost import train

FEATURES = 20
PARAMETERS = {"objective": "binary:logistic", "eval_metric": "auc", "max_depth": "6", "eta": "0.1"}
PROGRAM = [sys.executable, "-m", "local_sagemaker.containers.xgboost", "train"]


def write_job(root: Path, rows: int, rounds: int) -> None:
    random = np.random.default_rng(0)
    for channel, count in (("train", rows), ("validation", rows // 4)):
        features = random.normal(size=(count, FEATURES))
        labels = features[:, :3].sum(axis=1) + random.normal(size=count) > 0
        path = root / "input" / "data" / channel / "part-0.csv"
        path.parent.mkdir(parents=True)
        np.savetxt(path, np.column_stack([labels, features]), delimiter=",", fmt="%.5g")
    setting = {"ContentType": "text/csv", "TrainingInputMode": "File"}
    config = root / "input" / "config"
    config.mkdir(parents=True)
    hyperparameters = {**PARAMETERS, "num_round": str(rounds)}
    (config / "hyperparameters.json").write_text(json.dumps(hyperparameters))
    (config / "inputdataconfig.json").write_text(
        json.dumps({"train": setting, "validation": setting})
    )


def plain(root: Path, rounds: int) -> None:
    options = "?format=csv&label_column=0"
    matrices = [
        (xgboost.DMatrix(f"{root}/input/data/{name}/part-0.csv{options}"), name)
        for name in ("train", "validation")
    ]
    xgboost.train(
        {**PARAMETERS, "nthread": 1}, matrices[0][0], rounds, evals=matrices, verbose_eval=rounds
    )


def program_without_start() -> None:
    assert train.main() == 0


def program() -> None:
    subprocess.run(PROGRAM, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


def least_seconds(run: Callable[[], None], repeats: int) -> float:
    def seconds() -> float:
        began = time.perf_counter()
        run()
        return time.perf_counter() - began

    return min(seconds() for _ in range(repeats))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=30_000)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = "1"
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory)
        write_job(root, options.rows, options.rounds)
        os.environ["ML_ROOT"] = directory
        base = least_seconds(lambda: plain(root, options.rounds), options.repeats)
        print(f"plain XGBoost               {base:6.2f} s")
        for name, run in (("program, training only", program_without_start), ("program", program)):
            found = least_seconds(run, options.repeats)
            print(f"{name:27} {found:6.2f} s   ratio {found / base:.2f}")


if __name__ == "__main__":
    main()
