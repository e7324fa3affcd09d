"""Refuses a request that the API description of its operation does not allow."""

from __future__ import annotations

from typing import Any

from botocore.model import OperationModel

from local_sagemaker.protocol.request_validation import request_fault
from local_sagemaker.protocol.service_models import service_model
from local_sagemaker.stepfunctions.errors import ValidationException


def validate_request(operation: str, request: Any) -> None:
    """Raises ValidationException with every constraint that is not met.

    Raises SerializationException for a value of another type than its member.
    """
    model: OperationModel = service_model("stepfunctions").operation_model(operation)
    fault = request_fault(model.input_shape, request)
    if fault:
        raise ValidationException(fault)
