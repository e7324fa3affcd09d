"""RunTuning: starts the tuning job that the state waits for, where Step Functions does not.

Only with the setting `tuning_task = "callback"`: docs/decisions/0038-tuning-by-callback.md.
"""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import tuning_jobs
from tuning.aws.run_folder import RunFolder
from tuning.variables.waiting_tuning import WaitingTuning

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> None:
    """Takes {"TaskToken", "Request", "Report"}; the request is CreateHyperParameterTuningJob's.

    The token is kept first: a job that ends at once finds it. Another attempt of the state has
    another token and the same name, so that there is one job whatever answer was lost.
    """
    report, request = event["Report"], event["Request"]
    name = request["HyperParameterTuningJobName"]
    waiting = WaitingTuning(tuning_job_name=name, task_token=event["TaskToken"])
    RunFolder(report["Bucket"], report["Prefix"]).write(WaitingTuning.FILE, waiting.to_document())
    is_new = tuning_jobs.create_tuning_job(request)
    logger.info("Tuning" if is_new else "Tuning already", extra={"tuning_job": name})
