"""A kind of training job: its algorithm, data, hyperparameters. Parts of the execution input."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, JsonValue

from tuning.algorithms.algorithm import algorithm_names, load_algorithm
from tuning.execution_input.channel import Channel
from tuning.execution_input.parameter_ranges import HyperParameters, ParameterRanges
from tuning.execution_input.search import HyperParameterTuningJobObjective
from tuning.execution_input.training import AlgorithmSpecification, TrainingFields

DEFAULT_ALGORITHM = "xgboost"
DEFINITIONS = "TrainingJobDefinitions"

ChannelName = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]+$", max_length=64)]
Channels = Annotated[
    dict[ChannelName, Channel],
    Field(
        max_length=20,
        examples=[{"train": "s3://my-bucket/train/", "validation": "s3://my-bucket/validation/"}],
    ),
]


class DefinitionFields(TrainingFields):
    """What the input as a whole and each of TrainingJobDefinitions can say."""

    algorithm: str = Field(
        default=DEFAULT_ALGORITHM,
        description="Built-in algorithm of SageMaker.",
        json_schema_extra={"enum": list[JsonValue](algorithm_names())},
    )
    algorithm_version: str | None = Field(
        default=None,
        description="Version tag of the algorithm's image; without it, 3.0-5 of XGBoost.",
        json_schema_extra={
            "enum": [v for n in algorithm_names() for v in load_algorithm(n).versions]
        },
    )
    algorithm_specification: AlgorithmSpecification | None = Field(
        default=None,
        description="Any other image, instead of Algorithm. Ranges then have a Type or SageMaker's "
        "own spelling, and the objective a Type.",
    )
    channels: Channels | None = Field(
        default=None,
        description="Where the data lies. Without it data/train/ and data/validation/ of the data "
        "bucket, and data/test/ if there is data. CSV has no header row, and the label in the "
        "first column.",
    )
    content_type: str = Field(
        default="text/csv", max_length=256, description="Content type of the data."
    )
    static_hyper_parameters: HyperParameters = Field(
        default_factory=dict,
        description="The hyperparameters that are the same in every training job.",
    )
    freeze: HyperParameters | None = Field(
        default=None,
        description="Retune's own: values for hyperparameters that shall not be tuned. They join "
        "StaticHyperParameters and leave ParameterRanges, both otherwise as they are.",
    )


class TrainingJobDefinition(DefinitionFields):
    """One of several kinds of training jobs in a tuning job.

    What it leaves out is taken from the input as a whole.
    """

    definition_name: str = Field(
        max_length=64,
        pattern=r"^[a-zA-Z0-9](-*[a-zA-Z0-9])*$",
        description="Letters, digits and single hyphens.",
    )
    tuning_objective: HyperParameterTuningJobObjective | None = None
    hyper_parameter_ranges: ParameterRanges | None = None
