"""The targets that a schedule can have here."""

from __future__ import annotations

from typing import Any

from local_sagemaker.services.role_trust import keeps_out
from local_sagemaker.services.targets import service_of

_KINDS = {
    "states": "state machines",
    "lambda": "Lambda functions",
    "sqs": "SQS queues",
    "sagemaker": "SageMaker pipelines",
}


class TargetError(Exception):
    """A target of a kind that local AWS does not deliver to, or in whose role nobody may."""


def check_target(target: dict[str, Any], group_arn: str) -> None:
    """Raises TargetError, for the role in the words of AWS (aws/aws-sdk-js-v3#6494)."""
    arn = target["Arn"]
    if service_of(arn) not in _KINDS:
        raise TargetError(
            f"Local AWS delivers schedules to {', '.join(_KINDS.values())}, not to {arn}."
        )
    if keeps_out("scheduler", target["RoleArn"], group_arn):
        raise TargetError(
            "The execution role you provide must allow AWS EventBridge Scheduler to assume the "
            "role."
        )
