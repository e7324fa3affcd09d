"""The roles that SageMaker takes on."""

from __future__ import annotations

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.region import Region

# Of jobs SageMaker gives the ARN as aws:SourceArn, of all else one that ends with an asterisk
# (developer guide, "Cross-Service Confused Deputy Prevention").
_JOBS = {"TrainingJobName": "training-job", "ProcessingJobName": "processing-job"}


def check_roles(region: Region, request: Document) -> None:
    """Every role that a request names, or a resource that it works with.

    Raises:
        ValidationException: a role does not exist, or does not trust SageMaker
            (awslabs/predictive-maintenance-using-machine-learning#3).
    """
    single, several = request.get("TrainingJobDefinition"), request.get("TrainingJobDefinitions")
    for part in (request, single or {}, *(several or [])):
        role = part.get("RoleArn") or part.get("ExecutionRoleArn")
        if role and region.settings.keeps_out(role, _source(region, request)):
            raise ValidationException(
                f"Could not assume role {role}. Please ensure that the role exists and allows "
                "principal 'sagemaker.amazonaws.com' to assume the role."
            )


def _source(region: Region, request: Document) -> str:
    for member, kind in _JOBS.items():
        if member in request:
            return region.arn(kind, request[member].lower())
    return region.arn("*", "").removesuffix("/")
