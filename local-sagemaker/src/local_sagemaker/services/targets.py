"""The targets of events, schedules and failed invocations, by their ARNs."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from local_sagemaker.protocol.callers import client_of


def service_of(arn: str) -> str:
    """The service in an ARN, such as lambda; empty for what is no ARN."""
    parts = arn.split(":")
    return parts[2] if len(parts) > 5 else ""


def region_of(arn: str) -> str:
    """The region in an ARN, such as us-east-1."""
    return arn.split(":")[3]


def send(caller: str, arn: str, text: str, **message: Any) -> None:
    """Give the text to a function, state machine, topic or queue in the name of a service.

    `message` are further parameters of Publish and SendMessage. Errors are boto3's.
    """
    service, region = service_of(arn), region_of(arn)
    if service == "lambda":
        functions = client_of(caller, "lambda", region)
        functions.invoke(FunctionName=arn, InvocationType="Event", Payload=text)
    elif service == "states":
        machines = client_of(caller, "stepfunctions", region)
        machines.start_execution(stateMachineArn=arn, input=text)
    elif service == "sns":
        client_of(caller, "sns", region).publish(TopicArn=arn, Message=text, **message)
    else:
        queues = client_of(caller, "sqs", region)
        url = queues.get_queue_url(QueueName=arn.rsplit(":", 1)[1])["QueueUrl"]
        queues.send_message(QueueUrl=url, MessageBody=text, **message)


def may_pass(error: ClientError | BotoCoreError) -> bool:
    """A target that refuses will refuse again; one that is busy or away may not."""
    if not isinstance(error, ClientError):
        return True
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500)
    return bool(status >= 500) or "Throttl" in error.response["Error"]["Code"]
