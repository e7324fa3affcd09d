"""The targets that a schedule can have here."""

from __future__ import annotations

from local_sagemaker.services.targets import service_of

_KINDS = {"states": "state machines", "lambda": "Lambda functions", "sqs": "SQS queues"}


class TargetError(Exception):
    """The target's ARN is of a kind that local AWS does not deliver to."""


def check_target(arn: str) -> None:
    """Raises TargetError."""
    if service_of(arn) not in _KINDS:
        raise TargetError(
            f"Local AWS delivers schedules to {', '.join(_KINDS.values())}, not to {arn}."
        )
