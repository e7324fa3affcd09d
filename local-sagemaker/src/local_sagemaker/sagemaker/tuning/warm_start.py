"""What a warm start tuning job takes over from its parents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.tuning.trial import Trial
from local_sagemaker.sagemaker.tuning.tuning_job import TuningJob
from local_sagemaker.search.search import Observation


@dataclass(frozen=True)
class WarmStart:
    """The parents as they were when the tuning job was created; none for a cold start.

    Warm start is not recursive: a parent's own parents do not count.
    """

    parents: Sequence[TuningJob] = ()
    type: str | None = None

    @property
    def transfer(self) -> bool:
        return self.type == "TransferLearning"

    def observations(self) -> list[list[Observation]]:
        """What the search can learn, one list a parent."""
        return [
            [_observation(trial) for trial in parent.trials if trial.objective is not None]
            for parent in self.parents
        ]

    def overall_best(self, description: Document) -> Document | None:
        """The best training job of a tuning job and its parents; only with identical data."""
        if self.type != "IdenticalDataAndAlgorithm":
            return None
        described = [description, *(parent.describe() for parent in self.parents)]
        candidates: list[Document] = [
            each["BestTrainingJob"] | {"TuningJobName": each["HyperParameterTuningJobName"]}
            for each in described
            if "BestTrainingJob" in each
        ]
        if not candidates:
            return None
        objective = description["HyperParameterTuningJobConfig"]["HyperParameterTuningJobObjective"]
        choose = max if objective["Type"] == "Maximize" else min
        return choose(
            candidates,
            key=lambda best: best["FinalHyperParameterTuningJobObjectiveMetric"]["Value"],
        )


def _observation(trial: Trial) -> Observation:
    assert trial.objective is not None
    return Observation(
        hyperparameters={**trial.definition.static, **trial.tuned}, value=trial.objective
    )
