"""What clients will send to a run's model and get from it, told from its input and its data."""

from __future__ import annotations

import re

from tuning.data.data_format import DataFormat, request_type
from tuning.data.feature_columns import FeatureColumns, RangeReader, feature_columns
from tuning.data.s3_location import S3Location
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.known_algorithm import algorithm_of
from tuning.variables.interface import Interface


def interface_of(run: ExecutionInput, sample: S3Location, data: RangeReader) -> Interface:
    """Of the model that is deployed; `sample` is an object of the channels that it is trained on.

    What an image that is not built in makes of its columns is its own affair.
    """
    alone = [definition for _, definition in run.definitions]
    columns = FeatureColumns()
    if run.algorithm_specification is None:
        weighted = run.static_hyper_parameters.get("csv_weights") == "1"
        data_format = DataFormat.of(run.content_type)
        columns = feature_columns(sample, data_format, data, weighted=weighted)
    return Interface(
        content_type=request_type(run.content_type),
        feature_columns=columns.count,
        column_names=columns.names,
        algorithms=tuple(dict.fromkeys(map(_algorithm, alone))),
        answers=tuple(dict.fromkeys(filter(None, map(_answer, alone)))),
    )


def _algorithm(run: ExecutionInput) -> str:
    """An image without its registry, which differs by region, and without its tag."""
    specification = run.algorithm_specification
    if specification is None:
        return run.algorithm
    _, slash, repository = specification.training_image.partition("/")
    return re.split("[:@]", repository if slash else specification.training_image)[0]


def _answer(run: ExecutionInput) -> str | None:
    if run.algorithm_specification is not None:
        return None
    algorithm, static = algorithm_of(run), run.static_hyper_parameters
    objective = algorithm.objective(static)
    classes = static.get(algorithm.classes_hyperparameter)
    words = [
        algorithm.problem_type(objective) or objective,
        f"of {classes} classes" if classes else "",
        "without probabilities" if algorithm.answers_labels(objective) else "",
    ]
    return " ".join(filter(None, words))
