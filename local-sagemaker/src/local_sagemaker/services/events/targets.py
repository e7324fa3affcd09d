"""The targets that local AWS delivers events to, and the call that each of them gets."""

from __future__ import annotations

from local_sagemaker.protocol.callers import client_of
from local_sagemaker.services.scheduler.targets import region_of

KINDS = ("lambda", "states", "sns", "sqs")
# moto delivers to these by itself.
LEFT_TO_MOTO = ("logs", "events")


def kind_of(arn: str) -> str:
    """The service in the target's ARN."""
    parts = arn.split(":")
    return parts[2] if len(parts) > 5 else ""


def send(arn: str, text: str, group_id: str | None = None) -> None:
    """Give the text to the target; errors are boto3's."""
    kind, region = kind_of(arn), region_of(arn)
    if kind == "lambda":
        client = client_of("events", "lambda", region)
        client.invoke(FunctionName=arn, InvocationType="Event", Payload=text)
    elif kind == "states":
        client = client_of("events", "stepfunctions", region)
        client.start_execution(stateMachineArn=arn, input=text)
    elif kind == "sns":
        client_of("events", "sns", region).publish(TopicArn=arn, Message=text)
    else:
        client = client_of("events", "sqs", region)
        url = client.get_queue_url(QueueName=arn.rsplit(":", 1)[1])["QueueUrl"]
        group = {"MessageGroupId": group_id} if group_id else {}
        client.send_message(QueueUrl=url, MessageBody=text, **group)
