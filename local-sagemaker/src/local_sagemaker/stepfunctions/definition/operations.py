"""The API operation behind an integration, as botocore describes it."""

from __future__ import annotations

from botocore.model import OperationModel

from local_sagemaker.protocol.service_models import service_model, service_names
from local_sagemaker.stepfunctions.definition.integrations import SDK, Integration
from local_sagemaker.stepfunctions.definition.sdk_services import boto3_service

# Optimised integrations that boto3 calls otherwise.
_BOTO3_NAMES = {"states": "stepfunctions", "elasticmapreduce": "emr"}


def operation_of(integration: Integration) -> OperationModel | None:
    """None where there is none: http:invoke, apigateway:invoke, eks:runJob and the like."""
    name = integration.service
    if integration.is_sdk:
        service = boto3_service(name.removeprefix(SDK))
    else:
        service = _BOTO3_NAMES.get(name, name)
    if service not in service_names():
        return None
    model = service_model(service)
    operation = integration.action[0].upper() + integration.action[1:]
    return model.operation_model(operation) if operation in model.operation_names else None
