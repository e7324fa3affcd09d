"""A built-in algorithm: SageMaker knows its metrics and its hyperparameters beforehand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from local_sagemaker.sagemaker.algorithms.algorithm import Tunable
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.images.image import Image


@dataclass(frozen=True)
class BuiltInAlgorithm:
    """What the service knows of an algorithm; the rest is its container's business.

    `rounds_hyperparameter` says how many epochs a training job lasts, `default_rounds` how many
    without it. `every_epoch` are the objectives that the log reports after each of them, all when
    empty. `minimized` are those for which lower is better; to the service an objective is a name
    together with its type (SupportedTuningJobObjectiveMetrics of CreateAlgorithm).
    `other_metrics` names, for the hyperparameters of a job, the metrics beside the objectives;
    `metric_regex` is how a metric stands in the log. `extra` is the extra of this distribution
    that brings the library.
    """

    name: str
    image: Image
    objectives: tuple[str, ...]
    minimized: frozenset[str]
    other_metrics: Callable[[Mapping[str, str]], tuple[str, ...]]
    metric_regex: Callable[[str], str]
    tunables: Mapping[str, Tunable]
    rounds_hyperparameter: str
    default_rounds: int = 0
    every_epoch: tuple[str, ...] = ()
    reads_pipes: bool = False
    extra: str = ""

    def objective_type(self, metric: str) -> str:
        return "Minimize" if metric in self.minimized else "Maximize"

    def metric_definitions(self, hyperparameters: Mapping[str, str]) -> list[Document]:
        """As DescribeTrainingJob shows them for a job with these hyperparameters."""
        names = (*self.objectives, *self.other_metrics(hyperparameters))
        return [{"Name": name, "Regex": self.metric_regex(name)} for name in names]

    def reports_every_epoch(self, metric: str) -> bool:
        return not self.every_epoch or metric in self.every_epoch

    def rounds(self, hyperparameters: Mapping[str, str]) -> int:
        return int(hyperparameters.get(self.rounds_hyperparameter, self.default_rounds))
