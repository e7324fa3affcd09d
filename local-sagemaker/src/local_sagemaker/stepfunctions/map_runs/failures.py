"""How a Map Run fails: with an error of States, which the Map state's Retry and Catch see."""

from __future__ import annotations

from botocore.exceptions import BotoCoreError, ClientError

from local_sagemaker.stepfunctions.failure import StateFailed
from local_sagemaker.stepfunctions.tasks.service_errors import cause_1

TOLERANCE = "States.ExceedToleratedFailureThreshold"
READER = "States.ItemReaderFailed"
WRITER = "States.ResultWriterFailed"
TOO_LONG = "States.DataLimitExceeded"


def map_run_failed(error: str, cause: str) -> StateFailed:
    """To be raised."""
    return StateFailed(error, cause, event="MapRunFailed")


def s3_failed(error: str, fault: ClientError | BotoCoreError) -> StateFailed:
    """For a call to S3 that was refused, or had no answer."""
    said = cause_1(fault, "Amazon S3") if isinstance(fault, ClientError) else str(fault)
    return map_run_failed(error, said)
