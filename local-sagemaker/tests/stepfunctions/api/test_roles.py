"""A role that Step Functions may not take on is refused where a state machine names it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.stepfunctions.api.machines import ECHO, ROLE, create_arn, refusal, unique

DENIED = (
    "AccessDeniedException",
    "Neither the global service principal states.amazonaws.com, nor the regional one is authorized "
    "to assume the provided role.",
)


def role(local_aws: LocalAws, service: str) -> str:
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    trust = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    created = local_aws.client("iam").create_role(
        RoleName=unique("role"), AssumeRolePolicyDocument=trust
    )
    return str(created["Role"]["Arn"])


@pytest.mark.parametrize("service", ["lambda.amazonaws.com", None], ids=["others'", "nobody's"])
def test_role_of_another_service_or_of_nobody_is_refused(
    local_aws: LocalAws, sfn: Any, service: str | None
) -> None:
    arn = role(local_aws, service) if service else ROLE.replace("runs", "nobody-has-made-it")
    request = {"name": unique("machine"), "definition": json.dumps(ECHO), "roleArn": arn}
    assert refusal(sfn.create_state_machine, **request) == DENIED
    machine = create_arn(sfn)
    assert refusal(sfn.update_state_machine, stateMachineArn=machine, roleArn=arn) == DENIED


@pytest.mark.parametrize("service", ["states.amazonaws.com", "states.us-east-1.amazonaws.com"])
def test_role_that_trusts_step_functions_is_taken(
    local_aws: LocalAws, sfn: Any, service: str
) -> None:
    create_arn(sfn, roleArn=role(local_aws, service))
