"""The parts of a request that a training job definition and CreateTrainingJob have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tuning.algorithms.images import image_uri
from tuning.execution_input.channel import Channel
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.known_algorithm import algorithm_of
from tuning.execution_input.training import ResourceConfig, StoppingCondition
from tuning.request_types import TrainingChannel, TrainingJobDefinition, TrainingJobRequest


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

    def for_tuning(self, channels: Mapping[str, Channel]) -> TrainingJobDefinition:
        """A definition without its hyperparameters."""
        run = self.run
        definition: TrainingJobDefinition = {
            "AlgorithmSpecification": {
                "TrainingImage": self.image,
                "TrainingInputMode": self._input_mode,
            },
            "RoleArn": self.role_arn,
            "InputDataConfig": self._channels(channels),
            "OutputDataConfig": self._output(),
            "StoppingCondition": self._stopping_condition(run.stopping_condition),
        }
        specification = run.algorithm_specification
        if specification and specification.metric_definitions:
            metrics = [metric.to_sagemaker() for metric in specification.metric_definitions]
            definition["AlgorithmSpecification"]["MetricDefinitions"] = metrics
        flexible = run.hyper_parameter_tuning_resource_config
        if flexible:
            definition["HyperParameterTuningResourceConfig"] = flexible.to_sagemaker()
        else:
            definition["ResourceConfig"] = run.resource_config.to_sagemaker()
        self._add_options(definition, "checkpoints")
        return definition

    def for_retraining(
        self,
        name: str,
        channels: Mapping[str, Channel],
        resources: ResourceConfig | None,
        stopping: StoppingCondition | None,
    ) -> TrainingJobRequest:
        """CreateTrainingJob without its hyperparameters."""
        request: TrainingJobRequest = {
            "TrainingJobName": name,
            "AlgorithmSpecification": {
                "TrainingImage": self.image,
                "TrainingInputMode": self._input_mode,
            },
            "RoleArn": self.role_arn,
            "InputDataConfig": self._channels(channels),
            "OutputDataConfig": self._output(),
            "ResourceConfig": resources.to_sagemaker() if resources else self._first_machines(),
            "StoppingCondition": self._stopping_condition(stopping or self.run.stopping_condition),
        }
        self._add_options(request, "retrain")
        return request

    @property
    def _input_mode(self) -> Any:
        specification = self.run.algorithm_specification
        return specification.training_input_mode if specification else "File"

    def _first_machines(self) -> Any:
        """A ResourceConfig holds one kind of machine: the first choice."""
        flexible = self.run.hyper_parameter_tuning_resource_config
        if flexible is None:
            return self.run.resource_config.to_sagemaker()
        key = flexible.volume_kms_key_id
        first = flexible.instance_configs[0].to_sagemaker()
        return {**first, "VolumeKmsKeyId": key} if key else first

    def _channels(self, channels: Mapping[str, Channel]) -> list[TrainingChannel]:
        content_type = self.run.content_type
        return [channel.to_request(name, content_type) for name, channel in channels.items()]

    def _output(self) -> Any:
        given = self.run.output_data_config
        place = {"S3OutputPath": f"{self.folder}training"}
        return {**place, **given.to_sagemaker()} if given else place

    def _add_options(
        self, request: TrainingJobDefinition | TrainingJobRequest, checkpoints: str
    ) -> None:
        """Members that the input asks for; SageMaker takes no null."""
        run = self.run
        if run.vpc_config:
            request["VpcConfig"] = run.vpc_config.to_sagemaker()
        if run.retry_strategy:
            request["RetryStrategy"] = run.retry_strategy.to_sagemaker()
        if run.environment:
            request["Environment"] = run.environment
        if run.enable_network_isolation:
            request["EnableNetworkIsolation"] = True
        if run.enable_inter_container_traffic_encryption:
            request["EnableInterContainerTrafficEncryption"] = True
        if run.enable_managed_spot_training:
            request["EnableManagedSpotTraining"] = True
        if run.checkpoint_config:
            place = {"S3Uri": self.folder + checkpoints}
            request["CheckpointConfig"] = place | run.checkpoint_config.to_sagemaker()

    def _stopping_condition(self, stopping: StoppingCondition) -> Any:
        limits = stopping.to_sagemaker()
        if not self.run.enable_managed_spot_training:
            return limits
        return {"MaxWaitTimeInSeconds": stopping.max_runtime_in_seconds, **limits}
