"""The instances of a training job, or of a definition of a tuning job."""

from __future__ import annotations

from local_sagemaker.sagemaker.document import Document
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
