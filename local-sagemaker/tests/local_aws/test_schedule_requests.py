"""What Scheduler refuses of a schedule when it is made."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.function_zip import create_role
from tests.local_aws.machine import ROLE, create_machine, jsonata


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"Name": "a b"}, "at 'name' failed to satisfy constraint"),
        ({"Target": {"RetryPolicy": {"MaximumRetryAttempts": 186}}}, "maximumRetryAttempts'"),
        ({"FlexibleTimeWindow": {"Mode": "FLEXIBLE"}}, "is required with the mode FLEXIBLE"),
        (
            {"FlexibleTimeWindow": {"Mode": "OFF", "MaximumWindowInMinutes": 5}},
            "must be left out with the mode OFF",
        ),
        ({"StartDate": 2000000000, "EndDate": 1900000000}, "must come after the StartDate"),
    ],
)
def test_schedule_is_refused(local_aws: LocalAws, members: dict[str, Any], words: str) -> None:
    create_role(local_aws)
    arn = create_machine(local_aws, jsonata({"Done": {"Type": "Succeed"}}))
    request: dict[str, Any] = {
        "Name": "refused",
        "ScheduleExpression": "rate(1 day)",
        "FlexibleTimeWindow": {"Mode": "OFF"},
    } | members
    request["Target"] = {"Arn": arn, "RoleArn": ROLE} | members.get("Target", {})
    with pytest.raises(ClientError, match=words) as error:
        local_aws.client("scheduler").create_schedule(**request)
    assert error.value.response["Error"]["Code"] == "ValidationException"
