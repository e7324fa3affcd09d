"""The routing configuration of an alias."""

from __future__ import annotations

from typing import Any

from local_sagemaker.stepfunctions.api.arns import state_machine_arn
from local_sagemaker.stepfunctions.api.region import Region
from local_sagemaker.stepfunctions.api.state_machine import StateMachine
from local_sagemaker.stepfunctions.errors import (
    ResourceNotFound,
    StateMachineDeleting,
    ValidationException,
)

MISSING = "Request references a resource that does not exist."
_MUST = "Routing configuration must contain"


def routed_machine(region: Region, routing: list[dict[str, Any]]) -> StateMachine:
    """The one state machine whose versions it names.

    Raises ValidationException, ResourceNotFound and StateMachineDeleting.
    """
    texts = [each["stateMachineVersionArn"] for each in routing]
    received = f"Received: [{', '.join(texts)}]"
    arns = [state_machine_arn(text) for text in texts]
    if any(arn.version is None for arn in arns):
        raise ValidationException(f"{_MUST} state machine version ARNs. {received}")
    if len(set(texts)) < len(texts):
        raise ValidationException(f"{_MUST} distinct state machine version ARNs. {received}")
    if len({arn.machine for arn in arns}) > 1:
        raise ValidationException(f"{_MUST} versions of one state machine. {received}")
    weights = [each["weight"] for each in routing]
    if sum(weights) != 100:
        raise ValidationException(
            f"Sum of routing configuration weights must equal 100. Received: {weights}"
        )
    machine = region.state_machines.get(arns[0].machine)
    if machine is None or any(arn.version not in machine.versions for arn in arns):
        raise ResourceNotFound(MISSING)
    if machine.is_deleting:
        raise StateMachineDeleting(machine.arn)
    return machine
