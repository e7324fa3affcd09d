"""Finds and stops jobs that still run for executions which no longer need them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from botocore.exceptions import ClientError

from tuning.aws.clients import client
from tuning.aws.pagination import entries, running_executions, tags_of
from tuning.tags import EXECUTION_TAG, PREFIX_TAG

# Kind of job -> operations of SageMaker, the key of their lists, the parameter that is its name.
_JOBS = {
    "HyperParameterTuningJob": "hyper_parameter_tuning_job",
    "TrainingJob": "training_job",
    "TransformJob": "transform_job",
    "ProcessingJob": "processing_job",
}
_RUNNING = {"StatusEquals": "InProgress"}


def stop_jobs(name_start: str) -> list[str]:
    """Stops the jobs that run under names that begin so, and returns their names."""
    return _stop_all(_running_jobs(name_start))


def stop_orphaned_jobs(prefix: str, state_machine_arn: str, execution: str) -> list[str]:
    """Stops the prefix's jobs that no execution waits for, and returns their names.

    These are the jobs of executions that have ended without stopping them, and those of
    `execution`, which is past its jobs. The running executions are listed after the jobs: an
    execution starts before its jobs do.
    """
    jobs = list(_running_jobs(f"{prefix}-"))
    tags = [tags_of(job.arn) for job in jobs]
    running = set(running_executions(state_machine_arn)) - {execution} if jobs else set()
    return _stop_all(
        job
        for job, tag in zip(jobs, tags, strict=True)
        if tag.get(PREFIX_TAG) == prefix
        and EXECUTION_TAG in tag
        and tag[EXECUTION_TAG] not in running
    )


@dataclass(frozen=True)
class _Job:
    """A job that runs: a key of _JOBS, its name and its ARN."""

    kind: str
    name: str
    arn: str


def _running_jobs(name_start: str) -> Iterator[_Job]:
    for kind, operation in _JOBS.items():
        for entry in entries(f"list_{operation}s", f"{kind}Summaries", name_start, _RUNNING):
            yield _Job(kind, entry[f"{kind}Name"], entry[f"{kind}Arn"])


def _stop_all(jobs: Iterable[_Job]) -> list[str]:
    """A tuning job, which comes before its training jobs, stops them itself."""
    stopped: list[str] = []
    for job in jobs:
        if not _stops_itself(job.name, stopped):
            _stop(job)
            stopped.append(job.name)
    return stopped


def _stops_itself(training_job: str, stopped: list[str]) -> bool:
    return any(training_job.startswith(f"{tuning_job}-") for tuning_job in stopped)


def _stop(job: _Job) -> None:
    sagemaker, operation = client("sagemaker"), _JOBS[job.kind]
    named = {f"{job.kind}Name": job.name}
    try:
        getattr(sagemaker, f"stop_{operation}")(**named)
    except ClientError:
        described = getattr(sagemaker, f"describe_{operation}")(**named)
        if described[f"{job.kind}Status"] == "InProgress":
            raise  # it has not just ended by itself
