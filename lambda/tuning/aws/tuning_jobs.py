"""Tuning jobs and their training jobs: reads what SageMaker knows of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from tuning.aws.clients import client
from tuning.aws.endpoint_folder import EndpointFolder
from tuning.aws.pagination import MOST_OF_A_PAGE, entries
from tuning.own_names import is_own_job
from tuning.request_types import (
    ProcessingJobAnswer,
    TrainingJobAnswer,
    TuningJobAnswer,
    TuningJobRequest,
)
from tuning.trials.trials import Trial, TuningJob
from tuning.variables.last_run import EndpointTuningJob


def read_tuning_job(name: str) -> TuningJob:
    """DescribeHyperParameterTuningJob."""
    return TuningJob.parse(
        client("sagemaker").describe_hyper_parameter_tuning_job(HyperParameterTuningJobName=name)
    )


def describe_tuning_job(name: str) -> TuningJobAnswer | None:
    """DescribeHyperParameterTuningJob as it answers; None when there is no such tuning job."""
    try:
        answer: TuningJobAnswer = client("sagemaker").describe_hyper_parameter_tuning_job(
            HyperParameterTuningJobName=name
        )
    except client("sagemaker").exceptions.ResourceNotFound:
        return None
    return answer


def create_tuning_job(request: TuningJobRequest) -> bool:
    """CreateHyperParameterTuningJob; False when there is a job of that name already.

    Only its execution makes the name: an attempt whose answer was lost has made the job.
    """
    sagemaker = client("sagemaker")
    try:
        sagemaker.create_hyper_parameter_tuning_job(**request)
    except sagemaker.exceptions.ResourceInUse:
        return False
    return True


def latest_tuning_jobs(prefix: str, count: int) -> list[str]:
    """Names of the latest tuning jobs that runs of this deployment ended, newest first."""
    pages = client("sagemaker").get_paginator("list_hyper_parameter_tuning_jobs")
    names = (
        job["HyperParameterTuningJobName"]
        for page in pages.paginate(
            NameContains=f"{prefix}-", SortBy="CreationTime", SortOrder="Descending"
        )
        for job in page["HyperParameterTuningJobSummaries"]
        if job["HyperParameterTuningJobStatus"] in ("Completed", "Stopped")
        and is_own_job(prefix, job["HyperParameterTuningJobName"])
    )
    return list(islice(names, count))


def latest_of_execution(name_start: str) -> str | None:
    """The tuning job whose name begins so that was created last; None when there is none.

    A redrive or another attempt of its state gives an execution several of them.
    """
    listed = entries(
        "list_hyper_parameter_tuning_jobs", "HyperParameterTuningJobSummaries", name_start
    )
    latest = max(listed, key=lambda job: job["CreationTime"], default=None)
    return None if latest is None else str(latest["HyperParameterTuningJobName"])


def endpoint_tuning_jobs(bucket: str, endpoint_name: str) -> Sequence[EndpointTuningJob]:
    """The latest ones of an endpoint, newest first, as its folder of the data bucket has them."""
    return EndpointFolder(bucket, endpoint_name).tuning_jobs().tuning_jobs


def read_trials(tuning_job_name: str, secrets: Sequence[str]) -> list[Trial]:
    """All training jobs of a tuning job, in the order of their creation.

    Their reasons are told without the `secrets` of the tuning job. Sorted by metric, SageMaker
    would leave out those that have none.
    """
    pages = client("sagemaker").get_paginator("list_training_jobs_for_hyper_parameter_tuning_job")
    answers = pages.paginate(
        HyperParameterTuningJobName=tuning_job_name,
        SortBy="CreationTime",
        PaginationConfig={"PageSize": MOST_OF_A_PAGE},
    )
    return [
        Trial.parse(entry, secrets) for page in answers for entry in page["TrainingJobSummaries"]
    ]


def describe_training_job(name: str) -> TrainingJobAnswer:
    """DescribeTrainingJob as it answers."""
    answer: TrainingJobAnswer = client("sagemaker").describe_training_job(TrainingJobName=name)
    return answer


def read_processing_jobs(name_start: str) -> Iterator[ProcessingJobAnswer]:
    """DescribeProcessingJob of all jobs whose names begin so, one after the other."""
    for entry in entries("list_processing_jobs", "ProcessingJobSummaries", name_start):
        answer: ProcessingJobAnswer = client("sagemaker").describe_processing_job(
            ProcessingJobName=entry["ProcessingJobName"]
        )
        yield answer


def read_training_jobs(
    name_start: str, told: Mapping[str, TrainingJobAnswer]
) -> Iterator[TrainingJobAnswer]:
    """All jobs whose names begin so, one after the other: DescribeTrainingJob, unless `told`."""
    for entry in entries("list_training_jobs", "TrainingJobSummaries", name_start):
        name = entry["TrainingJobName"]
        yield told[name] if name in told else describe_training_job(name)
