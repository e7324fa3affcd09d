"""What an integration's parameters must have, and may have.

Step Functions asks at creation for what the API requires. Fields that an API lacks it refuses for
SageMaker and for startExecution; of others it hears when the task runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from botocore.model import ListShape, Shape, StructureShape

from local_sagemaker.stepfunctions.definition.integrations import Integration
from local_sagemaker.stepfunctions.definition.operations import operation_of
from local_sagemaker.stepfunctions.definition.place import Fault, Place

_START_EXECUTION = {"StateMachineArn", "Input", "Name", "TraceHeader"}
_CHECKED = {"dynamodb", "events", "lambda", "sns", "sqs", "states", "sagemaker"}


def parameter_faults(integration: Integration, said: Any, place: Place) -> Iterator[Fault]:
    """Faults of Parameters or Arguments; an expression says nothing of its fields."""
    if integration.service not in _CHECKED or not isinstance(said, dict):
        return
    shape = _input(integration)
    names = {name.removesuffix(".$") for name in said}
    for required in shape.required_members:
        name = required[0].upper() + required[1:]
        if name not in names:
            yield place.fault(f"The field '{name}' is required but was missing")
    if integration.service == "sagemaker":
        unknown = [*_unknown(shape, said)]
    elif integration.service == "states":
        unknown = sorted(names - _START_EXECUTION)
    else:
        unknown = []
    for name in unknown:
        yield place.fault(f'The field "{name}" is not supported by Step Functions')


def _unknown(shape: Shape, value: Any) -> Iterator[str]:
    """Fields that the API does not have, however deep; `.$` endings are those of templates."""
    if isinstance(shape, StructureShape) and isinstance(value, Mapping):
        for name, item in value.items():
            member = shape.members.get(name.removesuffix(".$"))
            if member is None:
                yield name
            else:
                yield from _unknown(member, item)
    elif isinstance(shape, ListShape) and isinstance(value, list):
        for item in value:
            yield from _unknown(shape.member, item)


@cache
def _input(integration: Integration) -> StructureShape:
    operation = operation_of(integration)
    assert operation is not None
    shape = operation.input_shape
    assert isinstance(shape, StructureShape)
    return shape
