"""What a call tells of itself in condition keys."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.iam.needs import needs_of

from tests.iam_needs.asking import ACCOUNT, REGION, ROLE, arn, context

MACHINE = arn("states", "stateMachine:shop")
TOPIC = arn("sns", "news")
VARIANT_COUNT = "sagemaker:variant:DesiredInstanceCount"


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "given"),
    [
        ("cloudwatch", "PutMetricData", {"Namespace": "Retune"},
         {"cloudwatch:namespace": ("Retune",)}),
        ("application-autoscaling", "PutScalingPolicy",
         {"ServiceNamespace": "sagemaker", "ScalableDimension": VARIANT_COUNT},
         {"application-autoscaling:service-namespace": ("sagemaker",),
          "application-autoscaling:scalable-dimension": (VARIANT_COUNT,)}),
        ("sns", "Subscribe", {"TopicArn": TOPIC, "Protocol": "sqs", "Endpoint": "q"},
         {"sns:protocol": ("sqs",), "sns:endpoint": ("q",)}),
        ("events", "PutTargets", {"Rule": "late", "Targets": [{"Id": "1", "Arn": MACHINE}]},
         {"events:targetarn": (MACHINE,), "events:creatoraccount": (ACCOUNT,)}),
        ("stepfunctions", "TagResource",
         {"resourceArn": MACHINE, "tags": [{"key": "team", "value": "risk"}]},
         {"aws:requesttag/team": ("risk",), "aws:tagkeys": ("team",)}),
        ("stepfunctions", "UntagResource", {"resourceArn": MACHINE, "tagKeys": ["team"]},
         {"aws:tagkeys": ("team",)}),
        ("sqs", "TagQueue", {"QueueUrl": "http://h/123456789012/q", "Tags": {"team": "risk"}},
         {"aws:requesttag/team": ("risk",), "aws:tagkeys": ("team",)}),
        ("kms", "CreateKey", {"Tags": [{"TagKey": "team", "TagValue": "risk"}]},
         {"aws:requesttag/team": ("risk",), "aws:tagkeys": ("team",),
          "kms:calleraccount": (ACCOUNT,)}),
        ("kms", "Encrypt", {"KeyId": "alias/shop", "EncryptionContext": {"for": "data"}},
         {"kms:encryptionalgorithm": ("SYMMETRIC_DEFAULT",), "kms:calleraccount": (ACCOUNT,),
          "kms:encryptioncontext:for": ("data",), "kms:encryptioncontextkeys": ("for",),
          "kms:requestalias": ("alias/shop",)}),
        ("stepfunctions", "StartExecution", {"stateMachineArn": f"{MACHINE}:live"},
         {"states:statemachinequalifier": ("live",)}),
        ("events", "PutRule",
         {"Name": "late", "EventPattern": '{"source": ["aws.sagemaker"], "detail-type": ["x"]}'},
         {"events:source": ("aws.sagemaker",), "events:detail-type": ("x",),
          "events:creatoraccount": (ACCOUNT,)}),
    ],
)  # fmt: skip
def test_what_a_call_tells_of_itself(
    service: str, operation: str, parameters: dict[str, Any], given: dict[str, tuple[str, ...]]
) -> None:
    assert context(service, operation, **parameters) == given


def test_a_role_is_passed_to_the_service_and_associated_with_what_it_is_for() -> None:
    _, passed = needs_of("stepfunctions", "CreateStateMachine", {"name": "shop", "roleArn": ROLE},
                         REGION, ACCOUNT)  # fmt: skip

    assert passed.context == {
        "iam:passedtoservice": ("states.amazonaws.com",),
        "iam:associatedresourcearn": (MACHINE,),
    }
