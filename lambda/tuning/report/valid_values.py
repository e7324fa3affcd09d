"""The valid values of hyperparameters of the algorithm that was tuned."""

from __future__ import annotations

from tuning.algorithms.algorithm import algorithm_names, load_algorithm
from tuning.algorithms.valid_range import ValidRange
from tuning.report.run import Run


def valid_values(run: Run) -> dict[str, ValidRange]:
    """Valid ranges by hyperparameter. The training image's name tells the algorithm."""
    image = run.winner.training_image.rsplit("/", 1)[-1]
    return {
        name: known.range
        for algorithm in algorithm_names()
        if algorithm in image
        for name, known in load_algorithm(algorithm).hyperparameters.items()
        if known.range is not None
    }
