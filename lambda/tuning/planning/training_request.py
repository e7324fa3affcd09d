"""The parts of a request that a training job definition and CreateTrainingJob have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tuning.algorithms.images import image_uri
from tuning.execution_input.channel import Channel
from tuning.execution_input.custom_image import algorithm_of
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.training import ResourceConfig, StoppingCondition

Document = dict[str, Any]


@dataclass(frozen=True)
class TrainingRequest:
    """How the training jobs of one definition run. `folder` is the run's own, s3://.../."""

    run: ExecutionInput
    role_arn: str
    region: str
    folder: str

    @property
    def image(self) -> str:
        """The image that trains, and later serves the model."""
        if self.run.algorithm_specification:
            return self.run.algorithm_specification.training_image
        version = algorithm_of(self.run).known_version(self.run.algorithm_version)
        return image_uri(self.run.algorithm, version, self.region)

    def for_tuning(self, channels: Mapping[str, Channel]) -> Document:
        """The members of a HyperParameterTrainingJobDefinition besides its hyperparameters."""
        run = self.run
        specification = run.algorithm_specification
        metrics = specification and specification.to_sagemaker().get("MetricDefinitions")
        flexible = run.hyper_parameter_tuning_resource_config
        machines = (
            {"HyperParameterTuningResourceConfig": flexible.to_sagemaker()}
            if flexible
            else {"ResourceConfig": run.resource_config.to_sagemaker()}
        )
        return {
            "AlgorithmSpecification": {
                **self._algorithm_specification(),
                **({"MetricDefinitions": metrics} if metrics else {}),
            },
            **machines,
            **self._common(channels, run.stopping_condition, "checkpoints"),
        }

    def for_retraining(
        self,
        channels: Mapping[str, Channel],
        resources: ResourceConfig | None,
        stopping: StoppingCondition | None,
    ) -> Document:
        """The members of CreateTrainingJob besides name and hyperparameters."""
        return {
            "AlgorithmSpecification": self._algorithm_specification(),
            "ResourceConfig": resources.to_sagemaker() if resources else self._first_machines(),
            **self._common(channels, stopping or self.run.stopping_condition, "retrain"),
        }

    def _algorithm_specification(self) -> Document:
        specification = self.run.algorithm_specification
        mode = specification.training_input_mode if specification else "File"
        return {"TrainingImage": self.image, "TrainingInputMode": mode}

    def _first_machines(self) -> Document:
        """A ResourceConfig has no second choice."""
        flexible = self.run.hyper_parameter_tuning_resource_config
        if flexible is None:
            return self.run.resource_config.to_sagemaker()
        key = flexible.volume_kms_key_id
        first = flexible.instance_configs[0].to_sagemaker()
        return {**first, "VolumeKmsKeyId": key} if key else first

    def _common(
        self, channels: Mapping[str, Channel], stopping: StoppingCondition, checkpoints: str
    ) -> Document:
        run = self.run
        output = run.output_data_config.to_sagemaker() if run.output_data_config else {}
        return {
            "RoleArn": self.role_arn,
            "InputDataConfig": [
                channel.to_request(name, run.content_type) for name, channel in channels.items()
            ],
            "OutputDataConfig": {"S3OutputPath": f"{self.folder}training", **output},
            "StoppingCondition": self._stopping_condition(stopping),
            **self._optional(checkpoints),
        }

    def _optional(self, checkpoints: str) -> Document:
        """Only what is asked for: SageMaker takes no null."""
        run = self.run
        parts = {
            "VpcConfig": run.vpc_config and run.vpc_config.to_sagemaker(),
            "RetryStrategy": run.retry_strategy and run.retry_strategy.to_sagemaker(),
            "Environment": run.environment,
            "EnableNetworkIsolation": run.enable_network_isolation,
            "EnableInterContainerTrafficEncryption": run.enable_inter_container_traffic_encryption,
            "EnableManagedSpotTraining": run.enable_managed_spot_training,
            "CheckpointConfig": run.checkpoint_config
            and {"S3Uri": self.folder + checkpoints, **run.checkpoint_config.to_sagemaker()},
        }
        return {member: value for member, value in parts.items() if value}

    def _stopping_condition(self, stopping: StoppingCondition) -> Document:
        if not self.run.enable_managed_spot_training:
            return stopping.to_sagemaker()
        return {
            "MaxWaitTimeInSeconds": stopping.max_runtime_in_seconds,
            **stopping.to_sagemaker(),
        }
