"""Training with _kfold: a model a fold, and the metrics averaged over the folds.

Each fold's validation metrics are those of the rows left out of its training. Images from 1.7 on
evaluate on all rows instead, which flatters the model; here every version is honest.
SageMaker Debugger's hook saves tensors of the first fold alone: it takes the training of the next
one for another process, which must not write (is_first_process of smdebug).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from local_sagemaker.containers.debugger.hook import Hook
from local_sagemaker.containers.directories import Directories
from local_sagemaker.containers.xgboost.debugging import read_hook
from local_sagemaker.containers.xgboost.library import xgboost
from local_sagemaker.containers.xgboost.models import majority
from local_sagemaker.containers.xgboost.rounds import MODEL_NAME, save_model
from local_sagemaker.containers.xgboost.training import History, boost
from local_sagemaker.containers.xgboost.versions import ContainerVersion

Array = NDArray[Any]


@dataclass(frozen=True)
class CrossValidation:
    """A training job with _kfold folds, repeated _num_cv_round times with other folds."""

    hyperparameters: dict[str, Any]
    matrix: xgboost.DMatrix
    version: ContainerVersion
    directories: Directories

    def run(self) -> None:
        """Leave model/xgboost-model-<n> and output/data/predictions.csv; print the means."""
        repetitions = self.hyperparameters.get("_num_cv_round", 1)
        histories: list[History] = []
        predictions = []
        for repetition in range(repetitions):
            folds = self._assign_folds(repetition)
            of_repetition, predicted = self._train_folds(folds, first=len(histories))
            histories += of_repetition
            predictions.append(predicted)
            self._print_means(of_repetition)
        if repetitions > 1:
            self._print_means(histories)
        self._write_predictions(predictions)

    def _train_folds(self, folds: Array, *, first: int) -> tuple[list[History], Array]:
        """The history of each fold, and every row's prediction by the model that did not see it."""
        histories, rows, predictions = [], [], []
        for fold in range(self.hyperparameters["_kfold"]):
            held_out_rows = np.flatnonzero(folds == fold)
            train = self.matrix.slice(np.flatnonzero(folds != fold))
            held_out = self.matrix.slice(held_out_rows)
            path = self.directories.model / f"{MODEL_NAME}-{first + fold}"
            evaluated = [(train, "train"), (held_out, "validation")]
            boosted = boost(
                self.hyperparameters,
                evaluated,
                self.version,
                path,
                self._checkpoints(first + fold),
                self._hook(first + fold),
            )
            save_model(boosted.model, path, self.version)
            histories.append(boosted.history)
            rows.append(held_out_rows)
            predictions.append(boosted.model.predict(held_out))
        return histories, np.concatenate(predictions)[np.argsort(np.concatenate(rows))]

    def _checkpoints(self, fold: int) -> Path | None:
        directory = self.directories.checkpoints()
        return None if directory is None else directory / f"model-{fold}"

    def _hook(self, fold: int) -> Hook | None:
        return read_hook(self.directories, self.version) if fold == 0 else None

    @property
    def _classifies(self) -> bool:
        objective = str(self.hyperparameters.get("objective"))
        return "num_class" in self.hyperparameters or objective.startswith("binary:")

    def _assign_folds(self, repetition: int) -> Array:
        """The fold of each row: equal shares of the rows, and of each class when it classifies."""
        rows = self.matrix.num_row()
        seed = abs(self.hyperparameters.get("seed", 0))
        order = np.random.default_rng([seed, repetition]).permutation(rows)
        if self._classifies:
            order = order[np.argsort(self.matrix.get_label()[order], kind="stable")]
        folds = np.empty(rows, dtype=int)
        folds[order] = np.arange(rows) % self.hyperparameters["_kfold"]
        return folds

    def _print_means(self, histories: Sequence[History]) -> None:
        """One line with the last round's metrics, averaged over the folds."""
        means = (
            f"\t{data}-{metric}:{np.mean([history[data][metric][-1] for history in histories]):.5f}"
            for metric in histories[0]["train"]
            for data in histories[0]
        )
        print(f"[{self.hyperparameters['num_round']}]{''.join(means)}", flush=True)

    def _write_predictions(self, repetitions: Sequence[Array]) -> None:
        """Columns: label, mean prediction; for classes label, mean probability, majority class."""
        path = self.directories.output_data / "predictions.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        columns = [self.matrix.get_label()]
        if self._classifies:
            classes, probabilities = zip(*map(_class_and_probability, repetitions), strict=True)
            columns += [np.mean(probabilities, axis=0), majority(np.array(classes))]
        else:
            columns.append(np.mean(repetitions, axis=0))
        np.savetxt(path, np.column_stack(columns), delimiter=",", fmt="%f")


def _class_and_probability(predictions: Array) -> tuple[Array, Array]:
    if predictions.ndim == 2:
        return predictions.argmax(axis=1), predictions.max(axis=1)
    return (predictions > 0.5).astype(int), predictions
