"""Which containers a model may have."""

from __future__ import annotations

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.hosting.model_data import is_multi_model
from local_sagemaker.sagemaker.hosting.serving_pipeline import container_names

_NOT_LOCAL = (
    "AdditionalModelDataSources",
    "ContainerMetricsConfig",
    "InferenceSpecificationName",
)


def given_containers(request: Document) -> list[Document]:
    """The containers of a request, one or those of an inference pipeline.

    Raises:
        ValidationException: none, or what local AWS does not run.
    """
    primary, several = request.get("PrimaryContainer"), request.get("Containers", [])
    if primary is not None and several:
        raise ValidationException("Give either PrimaryContainer or Containers, not both.")
    containers = [primary] if primary is not None else several
    if not containers:
        raise ValidationException("A model needs a container: give PrimaryContainer.")
    if request.get("InferenceExecutionConfig", {}).get("Mode", "Serial") == "Direct":
        raise ValidationException(
            "InferenceExecutionConfig.Mode Direct: local AWS runs the containers of a model one "
            "after the other; set it to Serial."
        )
    for container in containers:
        _check(container, alone=len(containers) == 1)
    names = container_names(containers)
    for name in names:
        if names.count(name) > 1:
            raise ValidationException(f"ContainerHostname must be unique; '{name}' is given twice.")
    return containers


def _check(container: Document, *, alone: bool) -> None:
    for member in _NOT_LOCAL:
        if member in container:
            raise ValidationException(f"Local AWS has no {member} of a container: leave it out.")
    if not is_multi_model(container):
        if "MultiModelConfig" in container:
            raise ValidationException("MultiModelConfig is for a container of Mode MultiModel.")
        return
    if not alone:
        raise ValidationException(
            "Local AWS runs a container of Mode MultiModel alone, and not in a pipeline."
        )
    if "ModelDataUrl" not in container:
        raise ValidationException(
            "A container of Mode MultiModel needs a ModelDataUrl, the prefix of its models: "
            "s3://bucket/models/."
        )
