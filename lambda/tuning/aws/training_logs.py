"""Learning curves from the logs of training jobs, which SageMaker puts into CloudWatch Logs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from time import monotonic
from typing import Any

import boto3
from botocore.config import Config

from tuning.aws.clients import AWS_ERRORS
from tuning.report.curves import (
    Curve,
    Curves,
    jobs_with_curves,
    parse_curve,
    unit_of,
)
from tuning.report.run import Run
from tuning.report.search import Search
from tuning.trials.metric_regex import UnreadableRegex
from tuning.trials.trials import Trial

LOG_GROUP = "/aws/sagemaker/TrainingJobs"
MOST_SECONDS = 30  # for all logs: a report is not worth waiting for longer
# A log is read once, and not waited for.
_IMPATIENT = Config(connect_timeout=3, read_timeout=5, retries={"total_max_attempts": 2})


@cache
def client() -> Any:
    """Of CloudWatch Logs, made once."""
    return boto3.client("logs", config=_IMPATIENT)


def read_curves(run: Run, logs: Any) -> Curves:
    """Of the jobs that jobs_with_curves names, as far as `logs`, a client, can read theirs.

    Raises nothing for an error of AWS, or for a Regex that cannot be read: the curves' note tells
    it, and no further log is read.
    """
    search, curves, note = run.search, dict[str, Curve](), None
    trained = sum(trial.started is not None for trial in search.trials)
    until = monotonic() + MOST_SECONDS
    try:
        for trial in jobs_with_curves(search):
            if monotonic() > until:
                note = f"Reading further logs would have taken more than {MOST_SECONDS} s."
                break
            found = _curve(search, trial, logs)
            if found:
                curves[trial.name] = found
    except AWS_ERRORS as error:
        note = f"The logs could not be read: {error}"
    except UnreadableRegex as error:
        note = str(error)
    return Curves(curves, trained - len(curves), unit_of(run.algorithm), note)


def _curve(search: Search, trial: Trial, logs: Any) -> Curve | None:
    """None for a job without a Regex of its objective, or without a log."""
    regex = search.owners[trial.name].regexes.get(trial.definition_name)
    if regex is None:
        return None
    return parse_curve(trial.metric_name or search.metric_name, regex, _lines(trial.name, logs))


def _lines(training_job: str, logs: Any) -> Iterator[str]:
    """The beginning of the log of the first instance, at most 1 MB or 10,000 lines.

    A job that SageMaker has tried again has a stream a try: the last one counts.
    """
    streams = logs.describe_log_streams(
        logGroupName=LOG_GROUP, logStreamNamePrefix=f"{training_job}/algo-1-"
    )["logStreams"]
    if not streams:
        return
    newest = max(streams, key=lambda stream: int(stream.get("creationTime", 0)))
    answer = logs.get_log_events(
        logGroupName=LOG_GROUP, logStreamName=newest["logStreamName"], startFromHead=True
    )
    for event in answer["events"]:
        yield event["message"]
