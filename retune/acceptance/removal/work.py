"""What runs: executions, and jobs of SageMaker. It is stopped first, while its roles are there."""

from __future__ import annotations

from tuning.own_names import is_own_name

from retune.acceptance.removal.kind import Kind, pages
from retune.aws import Aws

# Operation to list, its key, and how to stop one.
_JOBS = {
    "hyper_parameter_tuning_job": (
        "HyperParameterTuningJobSummaries",
        "HyperParameterTuningJobName",
    ),
    "training_job": ("TrainingJobSummaries", "TrainingJobName"),
    "transform_job": ("TransformJobSummaries", "TransformJobName"),
    "processing_job": ("ProcessingJobSummaries", "ProcessingJobName"),
}


def _running(aws: Aws, prefix: str) -> list[str]:
    machines = pages(aws, "stepfunctions", "list_state_machines", "stateMachines")
    return [
        execution["executionArn"]
        for machine in machines
        if is_own_name(prefix, machine["name"]) and machine["type"] == "STANDARD"
        for execution in pages(
            aws,
            "stepfunctions",
            "list_executions",
            "executions",
            stateMachineArn=machine["stateMachineArn"],
            statusFilter="RUNNING",
        )
    ]


def _stop_execution(aws: Aws, arn: str) -> None:
    aws.client("stepfunctions").stop_execution(
        executionArn=arn, cause="The acceptance run removes everything"
    )


def _jobs(aws: Aws, prefix: str) -> list[str]:
    return [
        f"{kind}/{job[name]}"
        for kind, (key, name) in _JOBS.items()
        for status in ("InProgress", "Stopping")
        for job in pages(
            aws,
            "sagemaker",
            f"list_{kind}s",
            key,
            NameContains=f"{prefix}-",
            StatusEquals=status,
        )
        if is_own_name(prefix, job[name])
    ]


def _stop_job(aws: Aws, job: str) -> None:
    kind, name = job.split("/")
    getattr(aws.client("sagemaker"), f"stop_{kind}")(**{_JOBS[kind][1]: name})


EXECUTIONS = Kind("execution that runs", _running, _stop_execution)
JOBS = Kind("job that runs", _jobs, _stop_job)
