"""What an ARN of a state machine leads to when an execution is started by it."""

from __future__ import annotations

import random

from local_sagemaker.stepfunctions.api.arns import state_machine_arn
from local_sagemaker.stepfunctions.api.region import Region
from local_sagemaker.stepfunctions.api.started import Target
from local_sagemaker.stepfunctions.errors import StateMachineDoesNotExist, ValidationException


def target(region: Region, text: str) -> Target:
    """An alias leads to each of its versions as often as it says.

    Raises InvalidArn, StateMachineDoesNotExist, and ValidationException for a distributed map.
    """
    machine, arn = region.state_machine(text)
    if arn.label:
        raise ValidationException(f"A distributed map is not started by itself: {text}")
    alias = machine.aliases.get(arn.qualifier)
    number = arn.version
    if alias is not None:
        weights = [each["weight"] for each in alias.routing]
        chosen = random.choices(alias.routing, weights)[0]
        number = state_machine_arn(chosen["stateMachineVersionArn"]).version
    if not arn.qualifier:
        return Target(machine)
    version = machine.versions.get(number or 0)
    if version is None:
        raise StateMachineDoesNotExist(text)
    return Target(machine, version, alias)
