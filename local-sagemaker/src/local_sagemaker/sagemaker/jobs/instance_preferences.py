"""ResourceConfig.InstancePreferences: instance types in the order of preference.

The rules are those of the members' own documentation. On this machine there is always capacity, so
the first preference is selected.
"""

from __future__ import annotations

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException

_SELECTED = ("SelectedInstanceType", "SelectedInstanceCount")


def check_preferences(definition: Document) -> None:
    """Refuse a ResourceConfig whose preferences contradict each other or another member.

    Raises:
        ValidationException: names the members.
    """
    config: Document = definition.get("ResourceConfig", {})
    for member in _SELECTED:
        if member in config:
            raise ValidationException(
                f"ResourceConfig.{member} is read-only: SageMaker fills it in from "
                "InstancePreferences."
            )
    preferences: list[Document] = config.get("InstancePreferences", [])
    if preferences:
        _check_exclusions(definition, config)
        _check_list(config, preferences)


def _check_exclusions(definition: Document, config: Document) -> None:
    excluded = ("InstanceType", "InstanceGroups", "InstancePlacementConfig")
    given = [f"ResourceConfig.{member}" for member in excluded if member in config]
    if definition.get("EnableManagedSpotTraining"):
        given.append("EnableManagedSpotTraining")
    if given:
        raise ValidationException(
            f"ResourceConfig.InstancePreferences is mutually exclusive with {' and '.join(given)}."
        )


def _check_list(config: Document, preferences: list[Document]) -> None:
    types = [preference["InstanceType"] for preference in preferences]
    if len(set(types)) < len(types):
        raise ValidationException(
            "An instance type can appear only once in InstancePreferences; they are "
            f"{', '.join(types)}."
        )
    counted = sum("InstanceCount" in preference for preference in preferences)
    if counted != (0 if "InstanceCount" in config else len(preferences)):
        raise ValidationException(
            "Set InstanceCount either in every one of InstancePreferences or once in "
            "ResourceConfig."
        )
    if "TrainingPlanArn" in config and any("TrainingPlanArns" in each for each in preferences):
        raise ValidationException(
            "TrainingPlanArns of InstancePreferences is mutually exclusive with "
            "ResourceConfig.TrainingPlanArn."
        )


def with_selected(config: Document) -> Document:
    """A ResourceConfig as DescribeTrainingJob shows it once instances are selected."""
    if not config.get("InstancePreferences"):
        return config
    first = config["InstancePreferences"][0]
    count = first.get("InstanceCount", config.get("InstanceCount"))
    return config | dict(zip(_SELECTED, (first["InstanceType"], count), strict=True))
