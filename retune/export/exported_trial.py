"""What a tool gets of a trial: more than the list of a tuning job's training jobs tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from tuning.trials.injected_hyperparameter import without_injected
from tuning.trials.metric_regex import Reader, UnreadableRegex, metric_reader
from tuning.trials.trials import Trial

from retune.aws import Aws
from retune.logs.events import LogEvent
from retune.logs.job_log import JobLog
from retune.output.terminal import write

# AMT adds the objective once more under this name (DescribeTrainingJob of its training jobs).
_COPY_OF_OBJECTIVE = "ObjectiveMetric"

Point = tuple[datetime, float]


@dataclass(frozen=True)
class ExportedTrial:
    """A trial that has ended. `curves` are its metrics in the order in which its log tells them."""

    trial: Trial
    hyperparameters: Mapping[str, str]  # the fixed ones too
    model_data_url: str | None  # the artefact in S3
    curves: Mapping[str, Sequence[Point]]


class TrialReader:
    """Asks SageMaker once about each trial, however many tools want it."""

    def __init__(self, aws: Aws) -> None:
        self._aws = aws
        self._read: dict[str, ExportedTrial] = {}

    def read(self, trial: Trial) -> ExportedTrial:
        """The trial with what DescribeTrainingJob and its log add."""
        if trial.name not in self._read:
            self._read[trial.name] = _read(self._aws, trial)
        return self._read[trial.name]


def _read(aws: Aws, trial: Trial) -> ExportedTrial:
    described = aws.client("sagemaker").describe_training_job(TrainingJobName=trial.name)
    return ExportedTrial(
        trial=trial,
        hyperparameters=without_injected(described.get("HyperParameters", {})),
        model_data_url=described.get("ModelArtifacts", {}).get("S3ModelArtifacts"),
        curves=_read_curves(aws, described),
    )


def _read_curves(aws: Aws, described: Mapping[str, Any]) -> dict[str, list[Point]]:
    """What CloudWatch Logs still has; no curve where the log is gone."""
    readers = {
        definition["Name"]: read
        for definition in described["AlgorithmSpecification"].get("MetricDefinitions", ())
        if definition["Name"] != _COPY_OF_OBJECTIVE
        and (read := curve_reader(definition["Name"], definition["Regex"]))
    }
    curves: dict[str, list[Point]] = {}
    for event in _last_try(aws, described["TrainingJobName"]):
        for name, read in readers.items():
            value = read(event.message)
            if value is not None:
                curves.setdefault(name, []).append((event.time, value))
    return curves


@cache  # so that it is told once, and not of each training job
def curve_reader(metric: str, regex: str) -> Reader | None:
    """Of a metric; None for a Regex that cannot be read, which is told."""
    try:
        return metric_reader(metric, regex)
    except UnreadableRegex as error:
        write(f"{error} No curve of it is exported.", err=True)
        return None


def _last_try(aws: Aws, training_job: str) -> list[LogEvent]:
    """The log of its first instance: with several, each of them tells the metrics.

    A job that SageMaker has tried again (RetryStrategy) has a stream a try.
    """
    events = JobLog(aws, "Training", training_job).events(0)
    first = [each for each in events if each.source.startswith(f"{training_job}/algo-1-")]
    newest = max(first, key=lambda event: event.milliseconds, default=None)
    return [each for each in first if newest and each.source == newest.source]
