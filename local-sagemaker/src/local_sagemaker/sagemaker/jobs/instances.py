"""The instances of a training job, or of a definition of a tuning job."""

from __future__ import annotations

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.jobs.instance_preferences import with_selected
from local_sagemaker.sagemaker.quotas.quotas import Instances


def training_instances(definition: Document, config: Document, jobs: int = 1) -> list[Instances]:
    """Of so many jobs at once; `config` is the ResourceConfig of each."""
    spot = definition.get("EnableManagedSpotTraining")
    kind = "spot training job" if spot else "training job"
    selected = with_selected(config)
    return [
        Instances(
            kind,
            group.get("SelectedInstanceType") or group["InstanceType"],
            (group.get("SelectedInstanceCount") or group["InstanceCount"]) * jobs,
        )
        for group in selected.get("InstanceGroups") or [selected]
    ]


def check_instances(member: str, config: Document) -> None:
    """Instances in one way, which is what botocore's model leaves open.

    Raises:
        ValidationException: names the member, and what it has too much or not at all.
    """
    alternatives = ("InstanceType", "InstanceGroups", "InstancePreferences", "InstanceConfigs")
    given = [name for name in alternatives if config.get(name)]
    if len(given) != 1:
        raise ValidationException(
            f"{member} needs InstanceType or a list of instances, and not both; it has "
            f"{' and '.join(given) or 'neither'}."
        )
    if given == ["InstanceType"] and "InstanceCount" not in config:
        raise ValidationException(f"{member}.InstanceCount is required with InstanceType.")
    if given == ["InstanceType"] and config["InstanceCount"] < 1:
        raise ValidationException(
            f"{member}.InstanceCount {config['InstanceCount']} must be 1 or more."
        )
    if given == ["InstanceConfigs"]:
        _check_flexible(config)


def _check_flexible(config: Document) -> None:
    for name in ("InstanceCount", "VolumeSizeInGB"):
        if name in config:
            raise ValidationException(
                f"HyperParameterTuningResourceConfig.{name} belongs into each of InstanceConfigs."
            )
