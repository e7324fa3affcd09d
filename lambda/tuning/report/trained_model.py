"""A model by the training job that made it, which has its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from tuning.request_types import TrainingJobAnswer
from tuning.trials.injected_hyperparameter import without_injected


@dataclass(frozen=True)
class TrainedModel:
    """`metrics` are the last values that its training printed, by name."""

    name: str
    created: datetime
    hyper_parameters: Mapping[str, str]
    metrics: Mapping[str, float]

    @classmethod
    def parse(cls, answer: TrainingJobAnswer) -> Self:
        """From the answer of DescribeTrainingJob."""
        printed = answer.get("FinalMetricDataList", ())
        return cls(
            name=answer["TrainingJobName"],
            created=answer["CreationTime"],
            hyper_parameters=without_injected(answer["HyperParameters"]),
            metrics={each["MetricName"]: each["Value"] for each in printed},
        )
