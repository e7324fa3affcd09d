"""XGBoost without anything around it, beside which local AWS's container and jobs are measured.

    python -m benchmarks.programs.plain_xgboost train FOLDER
    python -m benchmarks.programs.plain_xgboost predict FOLDER [TREES]

FOLDER is laid out as /opt/ml is. Training leaves the model, prediction those of the rows in
input/data/test as a transform job writes them, one a line, by so many trees.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import xgboost

MODEL = Path("model", "xgboost-model")
OPTIONS = "?format=csv&label_column=0"


def train(folder: Path) -> None:
    hyperparameters = json.loads((folder / "input/config/hyperparameters.json").read_text())
    rounds = int(hyperparameters.pop("num_round"))
    matrices = [
        (xgboost.DMatrix(f"{folder}/input/data/{name}/{name}.csv{OPTIONS}"), name)
        for name in ("train", "validation")
    ]
    model = xgboost.train(
        hyperparameters, matrices[0][0], rounds, evals=matrices, verbose_eval=True
    )
    (folder / MODEL).parent.mkdir(exist_ok=True)
    model.save_model((folder / MODEL).with_suffix(".ubj"))


def predict(folder: Path, trees: int) -> None:
    model = xgboost.Booster({"nthread": 1}, model_file=folder / MODEL)
    rows = xgboost.DMatrix(f"{folder}/input/data/test/test.csv{OPTIONS}")
    with (folder / "predictions.csv").open("w") as file:
        file.writelines(f"{value}\n" for value in model.predict(rows, iteration_range=(0, trees)))


if __name__ == "__main__":
    asked, place, *more = sys.argv[1:]
    if asked == "train":
        train(Path(place))
    else:
        predict(Path(place), int(more[0]) if more else 0)
