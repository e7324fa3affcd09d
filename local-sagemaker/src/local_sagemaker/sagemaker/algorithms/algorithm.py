"""What training and tuning ask of an algorithm, whichever kind it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.images.image import Image


@dataclass(frozen=True)
class Tunable:
    """A hyperparameter that Automatic Model Tuning may search, and its valid values.

    `recommended` is the range that the algorithm's documentation or container suggests to search.
    """

    type: str
    low: float = float("-inf")
    high: float = float("inf")
    choices: tuple[str, ...] = ()  # of type Categorical
    recommended: tuple[float, float] = (0, 0)

    @property
    def has_recommendation(self) -> bool:
        return bool(self.choices) or self.recommended[0] < self.recommended[1]


class Algorithm(Protocol):
    """`objectives` are the metrics to tune for; `tunables` is None if any hyperparameter may be."""

    @property
    def name(self) -> str: ...

    @property
    def image(self) -> Image: ...

    @property
    def objectives(self) -> tuple[str, ...]: ...

    @property
    def tunables(self) -> Mapping[str, Tunable] | None: ...

    @property
    def reads_pipes(self) -> bool:
        """Whether local AWS can hand it a channel in Pipe mode."""
        ...

    def objective_type(self, metric: str) -> str | None:
        """Whether the metric is to Maximize or to Minimize; None if the service does not know."""
        ...

    def metric_definitions(self, hyperparameters: Mapping[str, str]) -> list[Document]:
        """What SageMaker looks for in the log of a job with these hyperparameters."""
        ...

    def metric_regex(self, metric: str, /) -> str:
        """The regular expression that finds the metric in the log."""
        ...

    def reports_every_epoch(self, metric: str) -> bool:
        """Whether the log has the metric after each epoch: no other can stop a job early."""
        ...

    def rounds(self, hyperparameters: Mapping[str, str]) -> int:
        """How many epochs a training job is to run; 0 when its hyperparameters do not say."""
        ...
