"""The training job definitions of a tuning job, each with its objective and its ranges.

With TrainingJobDefinition the objective and the ranges stand in the tuning job's config; with
TrainingJobDefinitions each definition carries its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from local_sagemaker.sagemaker.document import Document

OBJECTIVE_HYPERPARAMETER = "_tuning_objective_metric"


@dataclass(frozen=True)
class Definition:
    """One algorithm, its objective and the ranges that are searched for it."""

    training: Document
    objective: Document
    ranges: Document
    name: str | None = None

    @property
    def metric(self) -> str:
        return str(self.objective["MetricName"])

    @property
    def maximize(self) -> bool:
        return bool(self.objective["Type"] == "Maximize")

    @property
    def static(self) -> dict[str, str]:
        return dict(self.training.get("StaticHyperParameters", {}))

    def integer_ranges(self) -> list[Document]:
        return list(self.ranges.get("IntegerParameterRanges", []))

    def continuous_ranges(self) -> list[Document]:
        return list(self.ranges.get("ContinuousParameterRanges", []))

    def categorical_ranges(self) -> list[Document]:
        return list(self.ranges.get("CategoricalParameterRanges", []))

    def types(self) -> Iterator[tuple[str, str]]:
        """Name and type of each searched hyperparameter."""
        for type_ in ("Integer", "Continuous", "Categorical"):
            for range_ in self.ranges.get(f"{type_}ParameterRanges", []):
                yield range_["Name"], type_

    def names(self) -> set[str]:
        """All hyperparameters, static and searched, but for the one that SageMaker adds."""
        searched = {name for name, _ in self.types()}
        return (self.static.keys() | searched) - {OBJECTIVE_HYPERPARAMETER}

    def search_config(self, config: Document) -> Document:
        """The tuning job's config as if this were its only definition."""
        return {
            **config,
            "HyperParameterTuningJobObjective": self.objective,
            "ParameterRanges": self.ranges,
        }


def definitions(request: Document) -> list[Definition]:
    """The definitions of a request that has passed check_one_form."""
    config = request["HyperParameterTuningJobConfig"]
    if "TrainingJobDefinition" in request:
        return [
            Definition(
                training=request["TrainingJobDefinition"],
                objective=config["HyperParameterTuningJobObjective"],
                ranges=config.get("ParameterRanges", {}),
                name=request["TrainingJobDefinition"].get("DefinitionName"),
            )
        ]
    return [
        Definition(
            training=training,
            objective=training["TuningObjective"],
            ranges=training.get("HyperParameterRanges", {}),
            name=training["DefinitionName"],
        )
        for training in request["TrainingJobDefinitions"]
    ]
