"""The name and the ARN of an execution tell each other."""

from __future__ import annotations

from tuning.names import execution_id, execution_name, state_machine_arn

MACHINE = "arn:aws:states:eu-west-1:123456789012:stateMachine:retune"
ARN = "arn:aws:states:eu-west-1:123456789012:execution:retune:monday"


def test_arn_of_an_execution_is_made_of_its_state_machine_and_its_name() -> None:
    assert execution_id(MACHINE, "monday") == ARN


def test_state_machine_and_name_of_an_execution_are_read_from_its_arn() -> None:
    assert (state_machine_arn(ARN), execution_name(ARN)) == (MACHINE, "monday")
