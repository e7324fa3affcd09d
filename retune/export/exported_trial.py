"""What a tool gets of a trial: more than the list of a tuning job's training jobs tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from tuning.report.curves import UnreadableRegex, metric_pattern
from tuning.trials.trials import Trial

from retune.aws import Aws
from retune.output.terminal import write

LOG_GROUP = "/aws/sagemaker/TrainingJobs"

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
    given = described.get("HyperParameters", {})
    return ExportedTrial(
        trial=trial,
        # Those that begin so are AMT's own notes, such as _tuning_objective_metric.
        hyperparameters={name: given[name] for name in given if not name.startswith("_")},
        model_data_url=described.get("ModelArtifacts", {}).get("S3ModelArtifacts"),
        curves=_read_curves(aws, described),
    )


def _read_curves(aws: Aws, described: Mapping[str, Any]) -> dict[str, list[Point]]:
    """What CloudWatch Logs still has; no curve where the log is gone."""
    patterns = {
        definition["Name"]: pattern
        for definition in described["AlgorithmSpecification"].get("MetricDefinitions", ())
        if definition["Name"] != _COPY_OF_OBJECTIVE
        and (pattern := _pattern(definition["Name"], definition["Regex"]))
    }
    curves: dict[str, list[Point]] = {}
    for when, line in _log_lines(aws, described["TrainingJobName"]):
        for name, pattern in patterns.items():
            value = _value(pattern, line)
            if value is not None:
                curves.setdefault(name, []).append((when, value))
    return curves


@cache  # so that it is told once, and not of each training job
def _pattern(metric: str, regex: str) -> re.Pattern[str] | None:
    try:
        return metric_pattern(metric, regex)
    except UnreadableRegex as error:
        write(f"{error} No curve of it is exported.", err=True)
        return None


def _log_lines(aws: Aws, training_job: str) -> Iterator[tuple[datetime, str]]:
    """Of its first instance: with several, each of them tells the metrics."""
    logs = aws.client("logs")
    first = {"logGroupName": LOG_GROUP, "logStreamNamePrefix": f"{training_job}/algo-1-"}
    try:
        # One a try: SageMaker may have started the job again (RetryStrategy).
        streams = logs.describe_log_streams(**first)["logStreams"]
    except logs.exceptions.ResourceNotFoundException:
        return
    for stream in sorted(streams, key=lambda stream: stream["creationTime"]):
        pages = logs.get_paginator("filter_log_events").paginate(
            logGroupName=LOG_GROUP, logStreamNames=[stream["logStreamName"]]
        )
        for page in pages:
            for event in page["events"]:
                when = datetime.fromtimestamp(event["timestamp"] / 1000, UTC)
                # SageMaker's expressions know a tab as its log agent writes it.
                yield when, event["message"].replace("\t", "#011")


def _value(pattern: re.Pattern[str], line: str) -> float | None:
    found = pattern.search(line)
    try:
        return float(found.group(1) or "") if found else None
    except ValueError:
        return None  # an image's own expression may find words
