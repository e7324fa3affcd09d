"""Names are as long, and have the characters, that AWS's own descriptions of its services allow."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.function_zip import create_function, create_role, zip_of
from tests.local_sagemaker.roles import TRUST

POLICY = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}],
    }
)
ALARM = {
    "MetricName": "m", "Namespace": "n", "Statistic": "Sum", "Period": 60, "EvaluationPeriods": 1,
    "Threshold": 1, "ComparisonOperator": "GreaterThanThreshold",
}  # fmt: skip
LONG, FORM = (
    "Member must have length less than or equal to",
    "Member must satisfy regular expression",
)


@pytest.mark.parametrize(
    ("service", "operation", "request_", "words"),
    [
        ("iam", "create_role", {"RoleName": "a" * 65}, f"at 'roleName' .*{LONG} 64"),
        ("iam", "create_role", {"RoleName": "a b"}, f"'a b' at 'roleName' .*{FORM}"),
        ("iam", "create_policy", {"PolicyName": "a" * 129}, f"at 'policyName' .*{LONG} 128"),
        ("iam", "put_role_policy", {"RoleName": "test", "PolicyName": "a b"}, FORM),
        ("logs", "create_log_group", {"logGroupName": "a b"}, f"at 'logGroupName' .*{FORM}"),
        ("cloudwatch", "put_metric_alarm", {"AlarmName": "a" * 256}, f"{LONG} 255"),
        ("scheduler", "create_schedule_group", {"Name": "a" * 65}, f"at 'name' .*{LONG} 64"),
        ("lambda", "publish_layer_version", {"LayerName": "a" * 141}, FORM),
    ],
    ids=lambda value: value if isinstance(value, str) and value.islower() else "",
)
def test_name_is_refused(
    local_aws: LocalAws, service: str, operation: str, request_: dict[str, Any], words: str
) -> None:
    create_role(local_aws)
    more: dict[str, dict[str, Any]] = {
        "create_role": {"AssumeRolePolicyDocument": json.dumps(TRUST)},
        "create_policy": {"PolicyDocument": POLICY},
        "put_role_policy": {"PolicyDocument": POLICY},
        "put_metric_alarm": ALARM,
        "publish_layer_version": {"Content": {"ZipFile": zip_of("a = 1")}},
    }
    with pytest.raises(ClientError, match=words):
        getattr(local_aws.client(service), operation)(**request_, **more.get(operation, {}))


def test_function_has_letters_digits_hyphens_and_underscores(local_aws: LocalAws) -> None:
    with pytest.raises(ClientError, match=f"'a b' at 'functionName' .*{FORM}"):
        create_function(local_aws, "handler = print", FunctionName="a b")
    assert create_function(local_aws, "handler = print", FunctionName="a_b-1")
