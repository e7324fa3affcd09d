"""Refuses a request that the API description of its operation does not allow."""

from __future__ import annotations

from typing import Any

from local_sagemaker.protocol.request_validation import request_fault
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.service_model import operation_model


def validate_request(operation: str, request: Any, service: str = "sagemaker") -> None:
    """Raises ValidationException with every constraint that is not met.

    Raises SerializationException for a value of another type than its member.
    """
    fault = request_fault(operation_model(operation, service).input_shape, request)
    if fault:
        raise ValidationException(fault)
