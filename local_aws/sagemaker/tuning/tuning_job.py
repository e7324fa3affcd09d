"""A tuning job as DescribeHyperParameterTuningJob shows it."""

from __future__ import annotations

import copy
import threading
import time
from collections import Counter
from typing import Any

from local_aws.sagemaker.builtin_algorithms import find_algorithm
from local_aws.sagemaker.region import Region
from local_aws.sagemaker.state_changes import tuning_detail
from local_aws.sagemaker.tuning.completion import not_improving
from local_aws.sagemaker.tuning.definition import Definition, definitions
from local_aws.sagemaker.tuning.trial import Trial, best_of

OBJECTIVE_HYPERPARAMETER = "_tuning_objective_metric"
OBJECTIVE_METRIC = "ObjectiveMetric"
_SUMMARY = (
    "HyperParameterTuningJobName",
    "HyperParameterTuningJobArn",
    "HyperParameterTuningJobStatus",
    "CreationTime",
    "HyperParameterTuningEndTime",
    "LastModifiedTime",
    "TrainingJobStatusCounters",
    "ObjectiveStatusCounters",
)

Document = dict[str, Any]


class TuningJob:
    """State shared between the tuner and the API; every method locks."""

    def __init__(self, region: Region, request: Document) -> None:
        self.name: str = request["HyperParameterTuningJobName"]
        self.arn = region.arn("hyper-parameter-tuning-job", self.name)
        self.tags: list[Document] = request.get("Tags", [])
        self._lock = threading.RLock()
        self._region = region
        self._trials: list[Trial] = []
        now = time.time()
        self._description = {
            key: copy.deepcopy(value) for key, value in request.items() if key != "Tags"
        } | {
            "HyperParameterTuningJobArn": self.arn,
            "HyperParameterTuningJobStatus": "InProgress",
            "CreationTime": now,
            "LastModifiedTime": now,
        }
        self.definitions = definitions(self._description)
        for definition in self.definitions:
            _inject_objective(definition)

    @property
    def config(self) -> Document:
        return dict(self._description["HyperParameterTuningJobConfig"])

    @property
    def status(self) -> str:
        with self._lock:
            return str(self._description["HyperParameterTuningJobStatus"])

    @property
    def trials(self) -> list[Trial]:
        with self._lock:
            return list(self._trials)

    def add(self, trial: Trial) -> None:
        with self._lock:
            self._trials.append(trial)

    def set_status(self, status: str, *, reason: str | None = None) -> None:
        with self._lock:
            now = time.time()
            self._description.update(HyperParameterTuningJobStatus=status, LastModifiedTime=now)
            if reason is not None:
                self._description["FailureReason"] = reason
            if status in ("Completed", "Failed", "Stopped"):
                self._description["HyperParameterTuningEndTime"] = now
        self.emit()

    def emit(self) -> None:
        """Tell EventBridge the status."""
        detail = tuning_detail(self.describe(), self.tags)
        self._region.emit("SageMaker HyperParameter Tuning Job State Change", self.arn, detail)

    def describe(self) -> Document:
        trials = self.trials
        with self._lock:
            description = copy.deepcopy(self._description)
        description |= {
            "TrainingJobStatusCounters": _status_counters(trials),
            "ObjectiveStatusCounters": _objective_counters(trials),
            "TuningJobCompletionDetails": {
                "NumberOfTrainingJobsObjectiveNotImproving": self._not_improving()
            },
            "ConsumedResources": {"RuntimeInSeconds": _runtime_seconds(trials)},
        }
        best = best_of(trials)
        if best is not None:
            description["BestTrainingJob"] = best.summary()
        return description

    def summary(self) -> Document:
        described = self.describe()
        config = described["HyperParameterTuningJobConfig"]
        summary = {key: described[key] for key in _SUMMARY if key in described}
        return summary | {
            "Strategy": config["Strategy"],
            "ResourceLimits": config["ResourceLimits"],
        }

    def objectives(self) -> list[float]:
        """The objectives of the ended training jobs, in the order of their end."""
        done = [trial for trial in self.trials if trial.objective is not None]
        done.sort(key=lambda trial: trial.job.summary()["TrainingEndTime"])
        return [trial.objective for trial in done if trial.objective is not None]

    def _not_improving(self) -> int:
        return not_improving(self.objectives(), maximize=self.definitions[0].maximize)


def _inject_objective(definition: Definition) -> None:
    """Change the definition as SageMaker does: name the objective, show every metric."""
    training = definition.training
    static = training.setdefault("StaticHyperParameters", {})
    static[OBJECTIVE_HYPERPARAMETER] = definition.metric
    algorithm = find_algorithm(training["AlgorithmSpecification"])
    training["AlgorithmSpecification"]["MetricDefinitions"] = [
        *algorithm.metric_definitions(),
        {"Name": OBJECTIVE_METRIC, "Regex": algorithm.metric_regex(definition.metric)},
    ]


def _status_counters(trials: list[Trial]) -> dict[str, int]:
    count = Counter(trial.job.status for trial in trials)
    return {
        "Completed": count["Completed"],
        "InProgress": count["InProgress"] + count["Stopping"],
        "RetryableError": 0,
        "NonRetryableError": count["Failed"],
        "Stopped": count["Stopped"],
    }


def _objective_counters(trials: list[Trial]) -> dict[str, int]:
    count = Counter(trial.objective_status for trial in trials)
    return {status: count[status] for status in ("Succeeded", "Pending", "Failed")}


def _runtime_seconds(trials: list[Trial]) -> int:
    seconds = "TrainingTimeInSeconds"
    return sum(trial.job.members([seconds]).get(seconds, 0) for trial in trials)
