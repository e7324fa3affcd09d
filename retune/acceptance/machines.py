"""Small state machines of a scenario's own, with a role that can do no more than they need."""

from __future__ import annotations

import json
from typing import Any

from botocore.exceptions import ClientError

from retune.acceptance.stage import Stage

State = dict[str, Any]


def create_machine(stage: Stage, states: dict[str, State], *, update: str | None = None) -> str:
    """The ARN of a machine of these states, the first of which begins; `update` replaces one's."""
    definition = json.dumps(
        {"QueryLanguage": "JSONata", "StartAt": next(iter(states)), "States": states}
    )
    machines = stage.client("stepfunctions")
    if update:
        machines.update_state_machine(stateMachineArn=update, definition=definition)
        return update
    role = machine_role(stage)

    def created() -> str | None:
        try:
            made = machines.create_state_machine(
                name=stage.name("machine"), definition=definition, roleArn=role
            )
        except ClientError as error:
            # A new role is not known everywhere at once; other refusals are the scenario's affair.
            if error.response["Error"]["Code"] != "AccessDeniedException":
                raise
            return None
        return str(made["stateMachineArn"])

    return stage.until("a role that Step Functions may take on", created)


def history(stage: Stage, execution: str) -> list[dict[str, Any]]:
    """The events of an execution, the first first."""
    pages = stage.client("stepfunctions").get_paginator("get_execution_history")
    return [each for page in pages.paginate(executionArn=execution) for each in page["events"]]


def machine_role(stage: Stage) -> str:
    """The ARN of the role of all these machines, and of what starts them."""
    name = f"{stage.stack.name_prefix}-machines"
    iam = stage.client("iam")
    try:
        return str(iam.get_role(RoleName=name)["Role"]["Arn"])
    except iam.exceptions.NoSuchEntityException:
        pass
    trust = _policy(
        "sts:AssumeRole", Principal={"Service": ["states.amazonaws.com", "scheduler.amazonaws.com"]}
    )
    made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)
    iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=_own_machines(stage))
    return str(made["Role"]["Arn"])


def _own_machines(stage: Stage) -> str:
    partition = stage.partition
    region, account = stage.stack.state_machine_arn.split(":")[3:5]
    states = f"arn:{partition}:states:{region}:{account}"
    return _policy(
        "states:StartExecution",
        "states:DescribeExecution",
        "states:StopExecution",
        "states:RedriveExecution",
        "events:PutTargets",
        "events:PutRule",
        "events:DescribeRule",
        Resource=[
            f"{states}:stateMachine:{stage.stack.name_prefix}-*",
            f"{states}:execution:{stage.stack.name_prefix}-*",
            f"arn:{partition}:events:{region}:{account}:rule/StepFunctionsGetEvents*",
        ],
    )


def _policy(*actions: str, **members: Any) -> str:
    statement = {"Effect": "Allow", "Action": list(actions), **members}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
