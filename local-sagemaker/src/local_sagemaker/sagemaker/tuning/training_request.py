"""The training jobs that a tuning job asks for."""

from __future__ import annotations

import copy
import secrets

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.tuning.definition import Definition

_RESOURCE_MEMBERS = ("InstanceType", "InstanceCount", "VolumeSizeInGB", "VolumeKmsKeyId")


def training_request(
    definition: Definition, name: str, tuned: dict[str, str], tags: list[dict[str, str]]
) -> Document:
    """CreateTrainingJob's request for a training job whose name begins with `name`."""
    training = copy.deepcopy(definition.training)
    for member in ("DefinitionName", "TuningObjective", "HyperParameterRanges"):
        training.pop(member, None)
    static = training.pop("StaticHyperParameters")
    training["ResourceConfig"] = resources_of(training)
    training.pop("HyperParameterTuningResourceConfig", None)
    return {
        **training,
        "TrainingJobName": f"{name}-{secrets.token_hex(4)}",
        "HyperParameters": {**static, **tuned},
        "Tags": tags,
    }


def resources_of(training: Document) -> Document:
    """The ResourceConfig of a definition's training jobs."""
    flexible = training.get("HyperParameterTuningResourceConfig")
    return resource_config(flexible) if flexible else dict(training["ResourceConfig"])


def resource_config(flexible: Document) -> Document:
    """The first choice of instances: on this machine there is always capacity."""
    first = (flexible.get("InstanceConfigs") or [flexible])[0]
    return {member: first[member] for member in _RESOURCE_MEMBERS if member in first}
