"""The targets of events, schedules and failed invocations, by their ARNs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from local_sagemaker.protocol.callers import client_of
from local_sagemaker.services.permissions.service_access import check_admits

_ACTIONS = {
    "lambda": "lambda:InvokeFunction",
    "states": "states:StartExecution",
    "sagemaker": "sagemaker:StartPipelineExecution",
    "sns": "sns:Publish",
    "sqs": "sqs:SendMessage",
}


@dataclass(frozen=True)
class Sender:
    """Who gives something to a target; `caller` is its name among the callers.

    It does so with the rights of a role, or as a `service` of AWS (events.amazonaws.com) in the
    name of the resource `source`, which the target's own policy then has to admit. With neither
    nobody asks.
    """

    caller: str
    role: str = ""
    service: str = ""
    source: str = ""


def service_of(arn: str) -> str:
    """The service in an ARN, such as lambda; empty for what is no ARN.

    Of SageMaker only pipelines can be targets: what else it has is of sagemaker:endpoint, say.
    """
    parts = arn.split(":")
    if len(parts) < 6:
        return ""
    kind = parts[5].partition("/")[0]
    return f"sagemaker:{kind}" if parts[2] == "sagemaker" and kind != "pipeline" else parts[2]


def region_of(arn: str) -> str:
    """The region in an ARN, such as us-east-1."""
    return arn.split(":")[3]


def action_on(service: str) -> str:
    """What giving something to a target of the service is called, such as sqs:SendMessage."""
    return _ACTIONS[service]


def send(sender: Sender, arn: str, text: str, **message: Any) -> None:
    """Give the text to a function, state machine, topic or queue.

    A pipeline is started, and has no use for the text. `message` are further parameters of Publish,
    SendMessage and StartPipelineExecution. Errors are boto3's.
    """
    service, region = service_of(arn), region_of(arn)
    if sender.service and not sender.role:
        check_admits(sender.service, action_on(service), arn, sender.source)
    caller, role = sender.caller, sender.role
    if service == "lambda":
        functions = client_of(caller, "lambda", region, role=role)
        functions.invoke(FunctionName=arn, InvocationType="Event", Payload=text)
    elif service == "states":
        machines = client_of(caller, "stepfunctions", region, role=role)
        machines.start_execution(stateMachineArn=arn, input=text)
    elif service == "sagemaker":
        pipelines = client_of(caller, "sagemaker", region, role=role)
        pipelines.start_pipeline_execution(PipelineName=arn, **message)
    elif service == "sns":
        topics = client_of(caller, "sns", region, role=role)
        topics.publish(TopicArn=arn, Message=text, **message)
    else:
        # AWS's services know the URL: the role needs no right to ask for it.
        name, anyone = arn.rsplit(":", 1)[1], client_of(caller, "sqs", region)
        url = anyone.get_queue_url(QueueName=name)["QueueUrl"]
        queues = client_of(caller, "sqs", region, role=role)
        queues.send_message(QueueUrl=url, MessageBody=text, **message)


def may_pass(error: ClientError | BotoCoreError) -> bool:
    """A target that refuses will refuse again; one that is busy or away may not."""
    if not isinstance(error, ClientError):
        return True
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500)
    return bool(status >= 500) or "Throttl" in error.response["Error"]["Code"]
