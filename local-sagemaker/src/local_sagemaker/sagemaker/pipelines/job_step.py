"""Steps that create something in SageMaker, and wait for it if it is a job."""

from __future__ import annotations

from contextlib import suppress

from local_sagemaker.protocol.api_errors import ApiError, InternalFailure
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ResourceLimitExceeded, ValidationException
from local_sagemaker.sagemaker.pipelines import retry_policies
from local_sagemaker.sagemaker.pipelines.faults import StepFailed, StepStopped
from local_sagemaker.sagemaker.pipelines.job_names import resource_name
from local_sagemaker.sagemaker.pipelines.registration import register
from local_sagemaker.sagemaker.pipelines.step_kinds import RESOURCES, ResourceKind
from local_sagemaker.sagemaker.pipelines.step_run import StepRun

LOOK_SECONDS = 0.2
_RUNNING = ("InProgress", "Stopping")
_MOST_MODELS = 50  # of a tuning step that later steps can refer to (SDK, get_top_model_s3_uri)


def create(run: StepRun) -> Document:
    """The properties of the step: what the Describe operation says of what it has made.

    Raises:
        StepFailed: SageMaker refuses the request, or the job fails.
        StepStopped: the execution was stopped, and the job with it.
    """
    kind = RESOURCES[run.step.type]
    name = _name(run, kind)
    arguments = run.arguments(**{kind.name_member: name})
    try:
        if run.step.type == "RegisterModel":
            made = register(run.work.call, arguments, name)
        else:
            made = run.work.call(f"Create{kind.resource}", arguments | {kind.name_member: name})
    except ApiError as error:
        raise _refused(run, kind, error) from error
    arn = made[f"{kind.resource}Arn"]
    run.entry.tell(**{kind.metadata: {"Arn": arn}})
    asked = {kind.name_member: arn if run.step.type == "RegisterModel" else name}
    if kind.runs:
        return _wait(run, kind, asked)
    return run.work.call(f"Describe{kind.resource}", asked)


def _name(run: StepRun, kind: ResourceKind) -> str:
    given = run.step.arguments.get(kind.name_member)
    prefix = None if given is None else str(run.evaluation.value(given))
    return resource_name(run.execution.name, run.step.name, prefix, kind.name_length)


def _refused(run: StepRun, kind: ResourceKind, error: ApiError) -> StepFailed:
    """In the words that have been seen in AWS; the second sentence is of quotas alone."""
    reason = (
        f"ClientError: Failed to invoke sagemaker:Create{kind.resource}. "
        f"Error Details: {error.message}"
    )
    if isinstance(error, InternalFailure):
        return StepFailed(reason, retry_policies.SERVICE_FAULT)
    if not isinstance(error, ResourceLimitExceeded):
        return StepFailed(reason)
    if not run.step.body.get("RetryPolicies"):
        reason += (
            "\nRetry not appropriate on execution of step with PipelineExecutionArn "
            f"{run.execution.arn} and StepId {run.step.name}. No retry policy configured for the "
            "exception type SAGEMAKER_RESOURCE_LIMIT."
        )
    return StepFailed(reason, retry_policies.RESOURCE_LIMIT)


def _wait(run: StepRun, kind: ResourceKind, asked: Document) -> Document:
    while True:
        job = run.work.call(f"Describe{kind.resource}", asked)
        status = job[f"{kind.resource}Status"]
        if status not in _RUNNING or run.signals.abandoned:
            break
        if run.signals.stopping and run.entry.status != "Stopping":
            run.execution.enter_step(run.entry, "Stopping")
            with suppress(ValidationException):  # it has just ended
                run.work.call(f"Stop{kind.resource}", asked)
        run.signals.pause(LOOK_SECONDS)
    if status == "Completed":
        return job | _training_jobs(run, asked) if run.step.type == "Tuning" else job
    if run.signals.stopping:
        raise StepStopped
    raise _failed(run, job.get("FailureReason", f"The job has ended as {status}."))


def _failed(run: StepRun, reason: str) -> StepFailed:
    error = reason.partition(":")[0]
    kinds = {"CapacityError": retry_policies.CAPACITY_ERROR}
    if run.step.type != "Tuning":  # which tries its training jobs again itself
        kinds["InternalServerError"] = retry_policies.INTERNAL_ERROR
    return StepFailed(f"ClientError: {reason}", kinds.get(error, ""))


def _training_jobs(run: StepRun, asked: Document) -> Document:
    """The training jobs of a tuning job, the best one first."""
    objective = run.work.call("DescribeHyperParameterTuningJob", asked)
    config = objective["HyperParameterTuningJobConfig"]
    maximize = config.get("HyperParameterTuningJobObjective", {}).get("Type") != "Minimize"
    order = {
        "SortBy": "FinalObjectiveMetricValue",
        "SortOrder": "Descending" if maximize else "Ascending",
        "MaxResults": _MOST_MODELS,
    }
    found = run.work.call("ListTrainingJobsForHyperParameterTuningJob", asked | order)
    return {"TrainingJobSummaries": found["TrainingJobSummaries"]}
