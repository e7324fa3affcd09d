"""What a training job definition may ask of its machines, as its members' documentation says."""

from __future__ import annotations

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.jobs.instances import check_instances

# Of all definitions of a tuning job together.
MAX_ENVIRONMENT_VARIABLES = 48


def check_resources(definition: Document) -> None:
    """One of ResourceConfig and HyperParameterTuningResourceConfig, and instances in it.

    Raises:
        ValidationException: names what is missing or given twice.
    """
    members = ("ResourceConfig", "HyperParameterTuningResourceConfig")
    given = [name for name in members if name in definition]
    if len(given) != 1:
        raise ValidationException(
            "Provide either ResourceConfig or HyperParameterTuningResourceConfig in the training "
            "job definition, and not both."
        )
    check_instances(given[0], definition[given[0]])


def check_environment(definitions: list[Document]) -> None:
    """At most 48 environment variables in all definitions.

    Raises:
        ValidationException: tells how many there are.
    """
    count = sum(len(definition.get("Environment", {})) for definition in definitions)
    if count > MAX_ENVIRONMENT_VARIABLES:
        raise ValidationException(
            f"The training job definitions have {count} environment variables together; there can "
            f"be at most {MAX_ENVIRONMENT_VARIABLES}."
        )
