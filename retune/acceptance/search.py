"""Tuning jobs of a scenario's own, after the pattern of one that Retune has made."""

from __future__ import annotations

import copy
from typing import Any

from retune.acceptance.stage import SMALL_RUN, Stage
from retune.errors import FailedError
from retune.executions.execution import trace_execution

Request = dict[str, Any]
# What DescribeHyperParameterTuningJob adds to the request of a built-in algorithm.
_OBJECTIVE = "_tuning_objective_metric"
_DESCRIBE = "describe_hyper_parameter_tuning_job"


def finished_job(stage: Stage) -> str:
    """The name of a tuning job that has completed: one that is there, or one that is made.

    Of one definition and instance type, with the role of this deployment: records of earlier ones
    stay for ever.
    """
    sagemaker = stage.client("sagemaker")
    found = sagemaker.list_hyper_parameter_tuning_jobs(
        NameContains=f"{stage.stack.name_prefix}-",
        StatusEquals="Completed",
        SortBy="CreationTime",
        SortOrder="Descending",
    )["HyperParameterTuningJobSummaries"]
    role = stage.training_role
    for each in found:
        name = str(each["HyperParameterTuningJobName"])
        described = sagemaker.describe_hyper_parameter_tuning_job(HyperParameterTuningJobName=name)
        definition = described.get("TrainingJobDefinition", {})
        if definition.get("RoleArn") == role and "ResourceConfig" in definition:
            return name
    run = stage.run({**SMALL_RUN, "DryRun": True})
    if not run.succeeded:
        raise FailedError(f"{run.error}: {run.cause}")
    return str(run.output["TuningJobName"])


def job_of(stage: Stage, execution: str) -> str:
    """The tuning job that an execution waits for, once SageMaker knows it."""

    def look() -> str | None:
        job = trace_execution(stage.aws, execution).tuning_job_name
        key = {"HyperParameterTuningJobName": job or ""}
        unknown = not job or stage.refused("sagemaker", _DESCRIBE, **key)
        return None if unknown else job

    return stage.until("the tuning job", look)


def request_like(stage: Stage, job: str) -> Request:
    """A request under a new name that says what the job's did."""
    found = stage.client("sagemaker").describe_hyper_parameter_tuning_job(
        HyperParameterTuningJobName=job
    )
    definition = copy.deepcopy(found["TrainingJobDefinition"])
    definition["StaticHyperParameters"].pop(_OBJECTIVE, None)
    definition["AlgorithmSpecification"].pop("MetricDefinitions", None)
    return {
        "HyperParameterTuningJobName": stage.name("search"),
        "HyperParameterTuningJobConfig": copy.deepcopy(found["HyperParameterTuningJobConfig"]),
        "TrainingJobDefinition": definition,
    }


def warm_start(*parents: str) -> dict[str, Any]:
    """WarmStartConfig of these parents."""
    return {
        "ParentHyperParameterTuningJobs": [
            {"HyperParameterTuningJobName": parent} for parent in parents
        ],
        "WarmStartType": "TransferLearning",
    }


def refused_search(stage: Stage, request: Request) -> str:
    """The words in which the request is refused; one that is not is stopped at once."""
    said = stage.refused("sagemaker", "create_hyper_parameter_tuning_job", **request)
    if not said:
        stage.client("sagemaker").stop_hyper_parameter_tuning_job(
            HyperParameterTuningJobName=request["HyperParameterTuningJobName"]
        )
    return said
