"""ARNs that are none, and those of another kind of resource."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stepfunctions.api.machines import create_arn, refusal, start


@pytest.mark.parametrize(
    ("operation", "member"),
    [
        ("describe_state_machine", "stateMachineArn"),
        ("list_executions", "stateMachineArn"),
        ("publish_state_machine_version", "stateMachineArn"),
        ("describe_execution", "executionArn"),
        ("get_execution_history", "executionArn"),
        ("describe_activity", "activityArn"),
        ("get_activity_task", "activityArn"),
        ("describe_map_run", "mapRunArn"),
        ("list_tags_for_resource", "resourceArn"),
    ],
)
def test_what_is_no_arn_is_refused(sfn: Any, operation: str, member: str) -> None:
    assert refusal(getattr(sfn, operation), **{member: "no_arn"}) == (
        "InvalidArn",
        "Invalid Arn: 'Invalid ARN prefix: no_arn'",
    )


def test_arn_is_of_the_kind_that_is_asked_for(sfn: Any) -> None:
    machine = create_arn(sfn)
    execution = start(sfn, machine)
    words = "Invalid Arn: 'Resource type not valid in this context: {}'"
    for call, member, arn, kind in (
        (sfn.describe_state_machine, "stateMachineArn", execution, "execution"),
        (sfn.describe_execution, "executionArn", machine, "stateMachine"),
        (sfn.describe_activity, "activityArn", machine, "stateMachine"),
    ):
        assert refusal(call, **{member: arn}) == ("InvalidArn", words.format(kind))


def test_names_may_have_points(sfn: Any) -> None:
    machine = create_arn(sfn, name="state.machine.v1")
    assert sfn.describe_state_machine(stateMachineArn=machine)["name"] == "state.machine.v1"
