"""A tuning job as DescribeHyperParameterTuningJob shows it."""

from __future__ import annotations

import copy
import threading
import time

from local_sagemaker.sagemaker.algorithms.algorithm import Algorithm
from local_sagemaker.sagemaker.algorithms.algorithm_specification import training_algorithm
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.jobs.description import with_defaults
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.resources.job_status import ENDED
from local_sagemaker.sagemaker.resources.kinds import TUNING_JOB
from local_sagemaker.sagemaker.resources.tags import Tags
from local_sagemaker.sagemaker.state_changes import tuning_detail
from local_sagemaker.sagemaker.tuning.completion import converged_at, not_improving
from local_sagemaker.sagemaker.tuning.counters import objective_counters, status_counters
from local_sagemaker.sagemaker.tuning.definition import (
    OBJECTIVE_HYPERPARAMETER,
    Definition,
    definitions,
)
from local_sagemaker.sagemaker.tuning.training_request import resource_config
from local_sagemaker.sagemaker.tuning.trial import Trial, best_of

OBJECTIVE_METRIC = "ObjectiveMetric"
_SUMMARY = (
    "HyperParameterTuningJobName",
    "HyperParameterTuningJobArn",
    "HyperParameterTuningJobStatus",
    "CreationTime",
    "HyperParameterTuningEndTime",
    "LastModifiedTime",
)


class TuningJob:
    """State shared between the tuner and the API; every method locks."""

    def __init__(self, region: Region, request: Document, tags: Tags) -> None:
        self.name: str = request["HyperParameterTuningJobName"]
        self.arn = TUNING_JOB.arn(region, self.name)
        self._tags = tags
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
        _add_defaults(self._description)
        self.definitions = definitions(self._description)
        self._algorithms = {each.name: _inject_objective(each) for each in self.definitions}

    def __getstate__(self) -> Document:
        """What is saved of a job that has ended, which starts no training jobs any more."""
        return {name: value for name, value in vars(self).items() if name != "_algorithms"}

    @property
    def tags(self) -> list[dict[str, str]]:
        """Those of now: training jobs have what AddTags has added before their launch."""
        return self._tags.of(self.arn)

    def algorithm(self, definition: Definition) -> Algorithm:
        return self._algorithms[definition.name]

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
            if status in ENDED:
                self._description["HyperParameterTuningEndTime"] = now
        self.emit()

    def emit(self) -> None:
        """Tell EventBridge the status."""
        detail = tuning_detail(self.describe(), self.tags)
        self._region.emit(TUNING_JOB.event, [self.arn], detail)

    def describe(self) -> Document:
        trials = self.trials
        with self._lock:
            description = copy.deepcopy(self._description)
        description |= {
            "TrainingJobStatusCounters": status_counters(trials),
            "ObjectiveStatusCounters": objective_counters(trials),
            "TuningJobCompletionDetails": self._completion_details(),
            "ConsumedResources": {"RuntimeInSeconds": _runtime_seconds(description)},
        }
        completed = description["HyperParameterTuningJobStatus"] == "Completed"
        best = best_of(trials, all_have_ended=completed)
        if best is not None:
            description["BestTrainingJob"] = best.summary()
        return description

    def summary(self) -> Document:
        """Not by way of describe(): a list has one of every job that there ever was."""
        trials, config = self.trials, self.config
        with self._lock:
            summary = {key: self._description[key] for key in _SUMMARY if key in self._description}
        return summary | {
            "TrainingJobStatusCounters": status_counters(trials),
            "ObjectiveStatusCounters": objective_counters(trials),
            "Strategy": config["Strategy"],
            "ResourceLimits": config["ResourceLimits"],
        }

    def has_objective(self) -> bool:
        """Whether any training job has ended with one."""
        return any(trial.objective is not None for trial in self.trials)

    def objectives(self) -> list[float]:
        """The objectives of the ended training jobs, in the order of their end."""
        return [trial.objective for trial in self._scored() if trial.objective is not None]

    def _scored(self) -> list[Trial]:
        done = [trial for trial in self.trials if trial.objective is not None]
        return sorted(done, key=lambda trial: trial.end_time)

    def _completion_details(self) -> Document:
        scored = self._scored()
        values = [trial.objective for trial in scored if trial.objective is not None]
        maximize = self.definitions[0].maximize
        details: Document = {
            "NumberOfTrainingJobsObjectiveNotImproving": not_improving(values, maximize=maximize)
        }
        converged = converged_at(values, maximize=maximize)
        if converged is not None:
            details["ConvergenceDetectedTime"] = scored[converged - 1].end_time
        return details


def _add_defaults(description: Document) -> None:
    """Show what was left out of the definitions and of the ranges, as the service does."""
    if "TrainingJobDefinition" in description:
        description["TrainingJobDefinition"] = _shown(description["TrainingJobDefinition"])
    if "TrainingJobDefinitions" in description:
        description["TrainingJobDefinitions"] = [
            _shown(each) for each in description["TrainingJobDefinitions"]
        ]
    searched = [description["HyperParameterTuningJobConfig"].get("ParameterRanges", {})]
    for definition in description.get("TrainingJobDefinitions", []):
        searched.append(definition.get("HyperParameterRanges", {}))
    for ranges in searched:
        for type_ in ("Integer", "Continuous"):
            for range_ in ranges.get(f"{type_}ParameterRanges", []):
                range_.setdefault("ScalingType", "Auto")


def _shown(definition: Document) -> Document:
    """With defaults; a HyperParameterTuningResourceConfig of one type as ResourceConfig too.

    The SageMaker SDK v2 sends the former only, and its HyperparameterTuner.attach reads the latter.
    """
    shown = with_defaults(definition)
    resources = shown.get("HyperParameterTuningResourceConfig", {})
    if "InstanceType" in resources:
        shown["ResourceConfig"] = resource_config(resources)
    return shown


def _inject_objective(definition: Definition) -> Algorithm:
    """Change the definition as SageMaker does: name the objective, show every metric."""
    training = definition.training
    static = training.setdefault("StaticHyperParameters", {})
    static[OBJECTIVE_HYPERPARAMETER] = definition.metric
    algorithm = training_algorithm(training)
    training["AlgorithmSpecification"]["MetricDefinitions"] = [
        *algorithm.metric_definitions(static),
        {"Name": OBJECTIVE_METRIC, "Regex": algorithm.metric_regex(definition.metric)},
    ]
    return algorithm


def _runtime_seconds(description: Document) -> int:
    """The wall clock of the tuning job itself, whatever runs in parallel."""
    end: float = description.get("HyperParameterTuningEndTime", time.time())
    return round(end - float(description["CreationTime"]))
