"""Resources that odd requests may name: they are there, whatever was asked before."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.function_zip import zip_of
from tests.local_sagemaker.roles import make_role

NAME = "fuzzed"  # of one of each kind
REGION, ACCOUNT = "us-east-1", "123456789012"


def _arn(service: str, rest: str, where: str = f"{REGION}:{ACCOUNT}") -> str:
    return f"arn:aws:{service}:{where}:{rest}"


ROLE = _arn("iam", f"role/{NAME}", f":{ACCOUNT}")
TOPIC, QUEUE = _arn("sns", NAME), _arn("sqs", NAME)
MACHINE, FUNCTION = _arn("states", f"stateMachine:{NAME}"), _arn("lambda", f"function:{NAME}")
ARNS = (
    ROLE,
    TOPIC,
    QUEUE,
    MACHINE,
    FUNCTION,
    _arn("iam", f"policy/{NAME}", f":{ACCOUNT}"),
    _arn("states", f"execution:{NAME}:{NAME}"),
    _arn("states", f"activity:{NAME}"),
    _arn("events", f"rule/{NAME}"),
    _arn("logs", f"log-group:{NAME}"),
    _arn("cloudwatch", f"alarm:{NAME}"),
    _arn("dynamodb", f"table/{NAME}"),
    _arn("s3", NAME, ":"),
    _arn("scheduler", f"schedule/default/{NAME}"),
    _arn("cloudformation", f"stack/{NAME}/x"),
)


def named(member: str) -> list[str]:
    """What a member of this name may name: TopicArn, stateMachineArn, QueueUrl, UserName."""
    if member == "QueueUrl":
        return [f"http://localhost/{ACCOUNT}/{NAME}"]
    if not member.lower().endswith("arn"):
        return [NAME]
    kind = member[:-3].lower()
    return [arn for arn in ARNS if kind and kind in arn.replace("-", "").lower()] or [*ARNS]


_ANYBODY = json.dumps({"Version": "2012-10-17", "Statement": []})
_END = {"StartAt": "End", "States": {"End": {"Type": "Succeed"}}}
_TOPIC_TEMPLATE = {"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}
_TARGET = {
    "ServiceNamespace": "sagemaker",
    "ResourceId": f"endpoint/{NAME}/variant/v",
    "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
}
MADE_BY: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "cloudformation": [
        ("create_stack", {"StackName": NAME, "TemplateBody": json.dumps(_TOPIC_TEMPLATE)})
    ],
    "cloudwatch": [
        ("put_metric_alarm", {"AlarmName": NAME, "MetricName": NAME, "Namespace": NAME,
                              "Statistic": "Sum", "Period": 60, "EvaluationPeriods": 1,
                              "Threshold": 1, "ComparisonOperator": "GreaterThanThreshold"})],
    "events": [("put_rule", {"Name": NAME, "EventPattern": '{"source": ["nobody"]}'})],
    "iam": [
        ("create_role", {"RoleName": NAME, "AssumeRolePolicyDocument": _ANYBODY}),
        ("create_user", {"UserName": NAME}),
        ("create_group", {"GroupName": NAME}),
        ("create_policy", {"PolicyName": NAME, "PolicyDocument": _ANYBODY}),
    ],
    "lambda": [("create_function", {"FunctionName": NAME, "Runtime": "python3.13", "Role": ROLE,
                                    "Handler": "index.handler",
                                    "Code": {"ZipFile": zip_of("def handler(*_): return 1")}})],
    "logs": [("create_log_group", {"logGroupName": NAME}),
             ("create_log_stream", {"logGroupName": NAME, "logStreamName": NAME})],
    "s3": [("create_bucket", {"Bucket": NAME}),
           ("put_object", {"Bucket": NAME, "Key": NAME, "Body": b"row"})],
    "scheduler": [("create_schedule", {"Name": NAME, "ScheduleExpression": "rate(99 days)",
                                       "FlexibleTimeWindow": {"Mode": "OFF"},
                                       "Target": {"Arn": MACHINE, "RoleArn": ROLE}})],
    "sns": [("create_topic", {"Name": NAME})],
    "sqs": [("create_queue", {"QueueName": NAME})],
    "stepfunctions": [("create_state_machine", {"name": NAME, "roleArn": ROLE,
                                                "definition": json.dumps(_END)}),
                      ("create_activity", {"name": NAME})],
}  # fmt: skip


def make(local_aws: LocalAws, service: str) -> None:
    """Whatever the service has of them; what is there already stays."""
    make_role(local_aws.client("iam"), ROLE)
    for method, request in MADE_BY.get(service, []):
        call: Callable[..., Any] = getattr(local_aws.client(service), method)
        with contextlib.suppress(ClientError):
            call(**request)
