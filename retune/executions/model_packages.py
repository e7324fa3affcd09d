"""The model package that an execution waits with, and a person's decision on it."""

import json

from botocore.exceptions import ClientError

from retune.aws import Aws
from retune.errors import InputError, UnavailableError
from retune.executions.execution import find_execution
from retune.stack import Stack

_UNDECIDED = "PendingManualApproval"


def find_model_package(aws: Aws, stack: Stack, source: str | None) -> str:
    """The ARN of the package an execution waits with; the ARN of a package stays what it is.

    Raises:
        InputError: the execution waits no more, or somebody has decided already.
        UnavailableError: it does not wait for a decision, or not yet.
    """
    if source and ":model-package/" in source:
        return source
    execution = find_execution(aws, stack, source)
    if not execution.is_running:
        raise InputError(
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
        raise UnavailableError(
            f"The execution {execution.name} does not wait for a decision, or not yet: `retune "
            "watch` shows its state. It waits at AwaitApproval if its input says Approval Manual."
        ) from error
    arn = str(json.load(answer["Body"])["ModelPackageArn"])
    _require_undecided(aws, execution.name, arn)
    return arn


def _require_undecided(aws: Aws, execution: str, arn: str) -> None:
    """The execution goes on by the first decision: a second one would change the registry alone."""
    package = aws.client("sagemaker").describe_model_package(ModelPackageName=arn)
    status = package["ModelApprovalStatus"]
    if status != _UNDECIDED:
        raise InputError(
            f"The candidate of the execution {execution} is {status} already, and the execution "
            f"goes on by that. To change what the Model Registry says all the same, name the "
            f"package: {arn}"
        )


def set_status(aws: Aws, arn: str, status: str, reason: str | None) -> None:
    """UpdateModelPackage; `status` is Approved or Rejected."""
    description = {"ApprovalDescription": reason} if reason else {}
    aws.client("sagemaker").update_model_package(
        ModelPackageArn=arn, ModelApprovalStatus=status, **description
    )
