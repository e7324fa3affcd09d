"""What a training job definition may ask of its machines, as its members' documentation says."""

from __future__ import annotations

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException

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
    _check_instances(given[0], definition[given[0]])


def _check_instances(member: str, config: Document) -> None:
    alternatives = ("InstanceType", "InstanceGroups", "InstancePreferences", "InstanceConfigs")
    given = [name for name in alternatives if config.get(name)]
    if len(given) != 1:
        raise ValidationException(
            f"{member} needs InstanceType or a list of instances, and not both; it has "
            f"{' and '.join(given) or 'neither'}."
        )
    if given == ["InstanceConfigs"]:
        _check_flexible(config)


def _check_flexible(config: Document) -> None:
    for name in ("InstanceCount", "VolumeSizeInGB"):
        if name in config:
            raise ValidationException(
                f"HyperParameterTuningResourceConfig.{name} belongs into each of InstanceConfigs."
            )


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
