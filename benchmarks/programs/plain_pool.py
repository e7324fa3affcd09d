"""What a person would write who needs no tuner: a pool of processes that trains what it is told.

    python -m benchmarks.programs.plain_pool FOLDER < TRIALS

`FOLDER` has train.csv and validation.csv, the label first; TRIALS are lines of JSON, each the
hyperparameters of a training job. Each trial reads its data, as each training job does. Prints the
seconds from the first trial to the end of the last, and each trial's last AUC.
"""

from __future__ import annotations

import json
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import xgboost

PROCESSES = 3
_NOT_OF_THE_LIBRARY = ("num_round", "_tuning_objective_metric")


def train(folder: Path, hyperparameters: dict[str, str]) -> float:
    options = "?format=csv&label_column=0"
    matrices = [
        (xgboost.DMatrix(f"{folder}/{name}.csv{options}"), name) for name in ("train", "validation")
    ]
    given = {k: v for k, v in hyperparameters.items() if k not in _NOT_OF_THE_LIBRARY}
    curve: dict[str, Any] = {}
    xgboost.train(
        {**given, "nthread": 1},
        matrices[0][0],
        int(hyperparameters["num_round"]),
        evals=matrices,
        evals_result=curve,
        verbose_eval=False,
    )
    return float(curve["validation"]["auc"][-1])


def main() -> None:
    trials = [json.loads(line) for line in sys.stdin]
    began = time.perf_counter()
    with ProcessPoolExecutor(PROCESSES) as pool:
        values = list(pool.map(partial(train, Path(sys.argv[1])), trials))
    print(json.dumps({"seconds": time.perf_counter() - began, "values": values}))


if __name__ == "__main__":
    os.environ["OMP_NUM_THREADS"] = "1"
    main()
