"""Which SageMaker operations Step Functions integrates, and the fields that they take."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from botocore.model import ListShape, Shape, StructureShape

from local_sagemaker.protocol.service_models import service_model

JOBS = ("HyperParameterTuningJob", "TrainingJob", "TransformJob", "ProcessingJob")
_CREATED = (*JOBS, "Model", "EndpointConfig", "Endpoint")
OPERATIONS = {f"create{thing}": f"Create{thing}" for thing in _CREATED} | {
    "updateEndpoint": "UpdateEndpoint"
}


def job_of(action: str) -> str | None:
    """The kind of job that an action starts and `.sync` can wait for; None for the others."""
    job = action.removeprefix("create")
    return job if job in JOBS else None


def fields(action: str) -> set[str]:
    """The top-level request fields of an integrated action."""
    return set(_input(action).members)


def unknown_fields(action: str, parameters: Any) -> list[str]:
    """Every field that the API does not know, however deep; JSONPath's `.$` endings are cut."""
    return list(_unknown(_input(action), parameters))


def _unknown(shape: Shape, value: Any) -> Iterator[str]:
    if isinstance(shape, StructureShape) and isinstance(value, dict):
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
def _input(action: str) -> StructureShape:
    model = service_model("sagemaker")
    shape = model.operation_model(OPERATIONS[action]).input_shape
    assert isinstance(shape, StructureShape)
    return shape
