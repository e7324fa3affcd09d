"""botocore's descriptions of SageMaker's API and of Service Quotas'."""

from __future__ import annotations

from functools import cache

from botocore.model import OperationModel

from local_sagemaker.protocol.service_models import service_model


@cache
def operation_model(operation: str, service: str = "sagemaker") -> OperationModel:
    return service_model(service).operation_model(operation)


def output_members(operation: str) -> frozenset[str]:
    """The members that a response of this operation may have."""
    shape = operation_model(operation).output_shape
    return frozenset(shape.members) if shape is not None else frozenset()
