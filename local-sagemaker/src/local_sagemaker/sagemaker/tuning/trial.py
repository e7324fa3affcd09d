"""One training job of a tuning job: its hyperparameters and its objective, epoch by epoch."""

from __future__ import annotations

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.jobs.training_job import TrainingJob
from local_sagemaker.sagemaker.resources.job_status import ENDED
from local_sagemaker.sagemaker.tuning.definition import Definition

_FROM_JOB = (
    "TrainingJobName",
    "TrainingJobArn",
    "CreationTime",
    "TrainingStartTime",
    "TrainingEndTime",
    "TrainingJobStatus",
    "FailureReason",
)


class Trial:
    """One training job of a tuning job: its `tuned` hyperparameters and its objective by epoch."""

    def __init__(
        self, number: int, definition: Definition, tuned: dict[str, str], job: TrainingJob
    ) -> None:
        self.number = number
        self.definition = definition
        self.tuned = tuned
        self.job = job
        self.values: list[float] = []
        self.averages: list[float] = []
        self.observed = False

    def record(self, value: float) -> None:
        """Take the objective after the next epoch, and the running average up to it."""
        count = len(self.values)
        total = self.averages[-1] * count if count else 0.0
        self.values.append(value)
        self.averages.append((total + value) / (count + 1))

    def forget(self) -> None:
        """The training job begins again, and its epochs with it."""
        self.values.clear()
        self.averages.clear()

    @property
    def ended(self) -> bool:
        return self.job.ended.is_set()

    @property
    def end_time(self) -> float:
        """When the training job ended, in epoch seconds; for one that has ended."""
        return float(self.job.members(["TrainingEndTime"])["TrainingEndTime"])

    @property
    def objective_status(self) -> str:
        """Succeeded means that the objective counts; a stopped job counts with what it reached."""
        if self.job.status not in ENDED:
            return "Pending"
        return "Failed" if self.job.status == "Failed" or not self.values else "Succeeded"

    @property
    def objective(self) -> float | None:
        """The last value in the log, once the job has ended without a failure."""
        return self.values[-1] if self.objective_status == "Succeeded" else None

    @property
    def deployable(self) -> bool:
        """Whether it can be the best training job: an objective, and a model behind it."""
        return self.objective is not None and self.job.model_uploaded

    def summary(self) -> Document:
        """The HyperParameterTrainingJobSummary; the service leaves out the objective's Type."""
        summary = self.job.members(_FROM_JOB) | {
            "TunedHyperParameters": self.tuned,
            "ObjectiveStatus": self.objective_status,
        }
        if self.definition.name is not None:
            summary["TrainingJobDefinitionName"] = self.definition.name
        if self.objective is not None:
            summary["FinalHyperParameterTuningJobObjectiveMetric"] = {
                "MetricName": self.definition.metric,
                "Value": self.objective,
            }
        return summary


def best_of(trials: list[Trial], *, all_have_ended: bool) -> Trial | None:
    """The best deployable trial, compared in the direction of the first one's objective.

    When all have ended and none left a model, it is the best objective's, as with Hyperband and a
    MaxResource below the rounds of every training job.
    """
    candidates = [trial for trial in trials if trial.deployable]
    if not candidates and all_have_ended:
        candidates = [trial for trial in trials if trial.objective is not None]
    if not candidates:
        return None
    sign = 1 if candidates[0].definition.maximize else -1
    return max(candidates, key=lambda trial: sign * (trial.objective or 0.0))
