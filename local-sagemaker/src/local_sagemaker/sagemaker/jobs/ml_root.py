"""The directory that stands for /opt/ml in a training container."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from local_sagemaker.files.foreign_names import is_within
from local_sagemaker.sagemaker.images.container import HOST
from local_sagemaker.sagemaker.jobs.debug_outputs import container_configs

_FAILURE_CHARACTERS = 10_000  # of which SageMaker shows 1,024
GROUP = "homogeneousCluster"  # of a job that has no InstanceGroups


class MlRoot:
    """Lays out /opt/ml for one training job and reads what the container leaves there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        shutil.rmtree(path, ignore_errors=True)
        for part in ("input/config", "input/data", "model", "output/data"):
            (path / part).mkdir(parents=True)

    @property
    def model(self) -> Path:
        return self.path / "model"

    @property
    def output_data(self) -> Path:
        return self.path / "output" / "data"

    def channel(self, name: str) -> Path:
        return self.path / "input" / "data" / name

    def write_config(self, request: dict[str, Any]) -> None:
        """Write hyperparameters.json, resourceconfig.json and what else a container finds."""
        mode = request["AlgorithmSpecification"]["TrainingInputMode"]
        self._write("hyperparameters", request.get("HyperParameters", {}))
        self._write(
            "inputdataconfig",
            {
                channel["ChannelName"]: _channel_config(channel, mode)
                for channel in request.get("InputDataConfig", [])
            },
        )
        if "CheckpointConfig" in request:
            path = request["CheckpointConfig"].get("LocalPath", "/opt/ml/checkpoints")
            self._write("checkpointconfig", {"LocalPath": path})
        for name, config in container_configs(request).items():
            self._write(name, config)
        # One host: with FullyReplicated data a second one would train on the same rows.
        resources = request["ResourceConfig"]
        selected = resources.get("SelectedInstanceType", "local")
        instance_type = resources.get("InstanceType", selected)
        self._write(
            "resourceconfig",
            {
                "current_host": HOST,
                "current_instance_type": instance_type,
                "current_group_name": GROUP,
                "hosts": [HOST],
                "instance_groups": [
                    {
                        "instance_group_name": GROUP,
                        "instance_type": instance_type,
                        "hosts": [HOST],
                    }
                ],
                "network_interface_name": "lo",
            },
        )

    def failure(self) -> str:
        """What the container gives as the reason of its failure; empty without one."""
        path = self.path / "output" / "failure"
        if not path.is_file() or not is_within(path, self.path):
            return ""
        with path.open(errors="replace") as file:
            return file.read(_FAILURE_CHARACTERS).strip()

    def remove(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)

    def _write(self, name: str, content: dict[str, Any]) -> None:
        path = self.path / "input" / "config" / f"{name}.json"
        path.write_text(json.dumps(content))


def _channel_config(channel: dict[str, Any], mode: str) -> dict[str, str]:
    source = channel["DataSource"]["S3DataSource"]
    config = {
        "TrainingInputMode": channel.get("InputMode", mode),
        "S3DistributionType": source.get("S3DataDistributionType", "FullyReplicated"),
        "RecordWrapperType": channel.get("RecordWrapperType", "None"),
    }
    if "ContentType" in channel:
        config["ContentType"] = channel["ContentType"]
    return config
