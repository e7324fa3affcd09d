"""botocore's description of the SageMaker API: operations, members and their constraints."""

from __future__ import annotations

from functools import cache
from typing import Any

import botocore.session
from botocore.model import OperationModel, ServiceModel


@cache
def service_model() -> ServiceModel:
    loader: Any = botocore.session.Session().get_component("data_loader")
    return ServiceModel(loader.load_service_model("sagemaker", "service-2"), "sagemaker")


@cache
def operation_model(operation: str) -> OperationModel:
    return service_model().operation_model(operation)


def output_members(operation: str) -> frozenset[str]:
    """The members that a response of this operation may have."""
    shape = operation_model(operation).output_shape
    return frozenset(shape.members) if shape is not None else frozenset()
