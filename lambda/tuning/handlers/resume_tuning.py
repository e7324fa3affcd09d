"""ResumeTuning: tells the executions that wait for a tuning job that it has ended.

Only with the setting `tuning_task = "callback"`: docs/decisions/0038-tuning-by-callback.md.
"""

from __future__ import annotations

import json
import os
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import executions, tuning_jobs
from tuning.aws.clients import AWS_ERRORS
from tuning.aws.pagination import running_executions
from tuning.aws.run_folder import RunFolder
from tuning.environment import MeasuringEnvironment
from tuning.names import execution_name, run_folder
from tuning.request_types import TuningJobAnswer
from tuning.variables.waiting_tuning import WaitingTuning

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes whatever calls it; returns the tuning jobs whose executions were {"Resumed"}.

    The event "SageMaker HyperParameter Tuning Job State Change" may come twice, or never, so that
    it is no more than a reason to look, as the schedule is. Raises the first error that kept an
    execution from being told, once the others are.
    """
    environment = MeasuringEnvironment.parse(os.environ)
    resumed: list[str] = []
    faults: list[Exception] = []
    for execution in running_executions(environment.state_machine_arn):
        folder = RunFolder(environment.bucket, run_folder(execution_name(execution)))
        try:
            resumed += _resume(folder)
        except AWS_ERRORS as fault:
            logger.exception("Not told", extra={"execution": execution})
            faults.append(fault)
    logger.info("Looked", extra={"resumed": resumed})
    if faults:
        raise faults[0]
    return {"Resumed": resumed}


def _resume(folder: RunFolder) -> list[str]:
    """The tuning job that the execution of this folder has waited for and is told of now."""
    kept = folder.read(WaitingTuning.FILE)
    waiting = WaitingTuning.parse(kept) if kept else None
    if waiting is None or waiting.answered:
        return []
    job = tuning_jobs.describe_tuning_job(waiting.tuning_job_name)
    if job is None or not _tell(waiting.task_token, job):
        return []
    answered = waiting.model_copy(update={"answered": True})
    folder.write(WaitingTuning.FILE, answered.to_document())
    return [waiting.tuning_job_name]


def _tell(token: str, job: TuningJobAnswer) -> bool:
    """Whether the job has ended and the state was told.

    Of a job that was stopped SelectBest decides, as after the integration of Step Functions. A
    state that waits no more may be waiting with another token, which is about to be kept.
    """
    status = job["HyperParameterTuningJobStatus"]
    told = {"HyperParameterTuningJobName": job["HyperParameterTuningJobName"]}
    if status in ("Completed", "Stopped"):
        return executions.let_go_on(token, told)
    if status == "Failed":
        reason = {"FailureReason": job["FailureReason"]} if "FailureReason" in job else {}
        cause = json.dumps(told | {"HyperParameterTuningJobStatus": status} | reason)
        return executions.let_fail(token, "TuningFailed", cause)
    return False
