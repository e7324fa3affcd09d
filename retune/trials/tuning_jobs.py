"""Tuning jobs and their trials, as SageMaker has them."""

import re
from typing import Any

from botocore.exceptions import ClientError
from tuning.trials.trials import Trial, TuningJob, best_first

from retune.aws import Aws

_NAME = re.compile(r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,31}")  # what SageMaker takes for a name


def described_tuning_job(aws: Aws, name: str) -> dict[str, Any] | None:
    """DescribeHyperParameterTuningJob, or None when SageMaker does not know it (yet).

    So it is for what can be no tuning job's name, of which SageMaker would refuse to tell.
    """
    if not _NAME.fullmatch(name):
        return None
    try:
        answer: dict[str, Any] = aws.client("sagemaker").describe_hyper_parameter_tuning_job(
            HyperParameterTuningJobName=name
        )
    except ClientError as error:
        if error.response["Error"]["Code"] == "ResourceNotFound":
            return None
        raise
    return answer


def read_tuning_job(aws: Aws, name: str) -> tuple[TuningJob, Trial | None] | None:
    """The tuning job and its best trial so far, or None when SageMaker does not know it (yet)."""
    answer = described_tuning_job(aws, name)
    if answer is None:
        return None
    best = answer.get("BestTrainingJob")
    return TuningJob.parse(answer), Trial.parse(best) if best else None


def read_trials(aws: Aws, job: TuningJob) -> list[Trial]:
    """All trials, best first.

    Not sorted by SageMaker: sorted by metric, it leaves out trials that have none.
    """
    pages = aws.client("sagemaker").get_paginator(
        "list_training_jobs_for_hyper_parameter_tuning_job"
    )
    answers = pages.paginate(
        HyperParameterTuningJobName=job.name, PaginationConfig={"PageSize": 100}
    )
    summaries = (entry for page in answers for entry in page["TrainingJobSummaries"])
    trials = [Trial.parse(entry, job.secrets) for entry in summaries]
    return best_first(trials, maximizes=job.maximizes)
