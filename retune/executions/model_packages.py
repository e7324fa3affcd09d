"""The model package that an execution waits with, and a person's decision on it."""

import json

from botocore.exceptions import ClientError

from retune.aws import Aws
from retune.errors import FailedError
from retune.executions.execution import find_execution
from retune.stack import Stack


def find_model_package(aws: Aws, stack: Stack, source: str | None) -> str:
    """The ARN of the package an execution waits with; the ARN of a package stays what it is.

    Raises:
        FailedError: the execution does not wait for a decision.
    """
    if source and ":model-package/" in source:
        return source
    execution = find_execution(aws, stack, source)
    if not execution.is_running:
        raise FailedError(
            f"The execution {execution.name} waits no more for a decision: it is "
            f"{execution.status}. Name another one, or start a new one with Approval Manual."
        )
    try:
        answer = aws.client("s3").get_object(
            Bucket=stack.bucket, Key=f"runs/{execution.name}/approval.json"
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "NoSuchKey":
            raise
        raise FailedError(
            f"The execution {execution.name} does not wait for a decision, or not yet: `retune "
            "watch` shows its state. It waits at AwaitApproval if its input says Approval Manual."
        ) from error
    return str(json.load(answer["Body"])["ModelPackageArn"])


def set_status(aws: Aws, arn: str, status: str, reason: str | None) -> None:
    """UpdateModelPackage; `status` is Approved or Rejected."""
    description = {"ApprovalDescription": reason} if reason else {}
    aws.client("sagemaker").update_model_package(
        ModelPackageArn=arn, ModelApprovalStatus=status, **description
    )
