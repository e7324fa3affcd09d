"""The targets that a schedule can have here, and the call that each of them gets."""

from __future__ import annotations

from local_sagemaker.protocol.callers import client_of

_KINDS = {"states": "state machines", "lambda": "Lambda functions", "sqs": "SQS queues"}


class TargetError(Exception):
    """The target's ARN is of a kind that local AWS does not deliver to."""


def check_target(arn: str) -> None:
    """Raises TargetError."""
    if _service(arn) not in _KINDS:
        raise TargetError(
            f"Local AWS delivers schedules to {', '.join(_KINDS.values())}, not to {arn}."
        )


def send(arn: str, text: str, region: str) -> None:
    """Give the text to the target; errors are boto3's."""
    service = _service(arn)
    if service == "states":
        machines = client_of("scheduler", "stepfunctions", region)
        machines.start_execution(stateMachineArn=arn, input=text)
    elif service == "lambda":
        functions = client_of("scheduler", "lambda", region)
        functions.invoke(FunctionName=arn, InvocationType="Event", Payload=text)
    else:
        send_message(arn, text, region)


def send_message(
    arn: str, text: str, region: str, attributes: dict[str, str] | None = None
) -> None:
    """Put a message with string attributes into the queue with this ARN."""
    sqs = client_of("scheduler", "sqs", region)
    sqs.send_message(
        QueueUrl=sqs.get_queue_url(QueueName=arn.rsplit(":", 1)[1])["QueueUrl"],
        MessageBody=text,
        MessageAttributes={
            name: {"DataType": "String", "StringValue": value}
            for name, value in (attributes or {}).items()
        },
    )


def region_of(arn: str) -> str:
    return arn.split(":")[3]


def _service(arn: str) -> str:
    parts = arn.split(":")
    return parts[2] if len(parts) > 5 else ""
