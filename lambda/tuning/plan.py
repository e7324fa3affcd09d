"""Builds every request of a run: the plan that the state machine then carries out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tuning.algorithm import Algorithm, load_algorithm
from tuning.channel_data import DataReader, inspect_channels
from tuning.check_input import check_input
from tuning.checks.evaluation import TEST, find_obstacle
from tuning.endpoint_plan import plan_endpoint
from tuning.environment import PlanningEnvironment
from tuning.evaluation_input import Promotion
from tuning.execution_input import ExecutionInput, ResourceConfig, StoppingCondition
from tuning.held_out import (
    NO_CHANNEL,
    check_commas,
    check_unseen,
    evaluation_plan,
    find_test_channel,
)
from tuning.images import image_uri
from tuning.names import Execution
from tuning.s3_location import S3Location
from tuning.search_space import SearchSpace


def plan_run(
    document: Mapping[str, Any],
    environment: PlanningEnvironment,
    execution: Execution,
    data: DataReader,
) -> dict[str, Any]:
    """The plan for an execution input, which is laid over the deployed defaults.

    Raises:
        InvalidInput: with every fault of the document, or of the data it names.
        MissingData: when a channel has none.
    """
    run = check_input(
        document,
        name_prefix=environment.name_prefix,
        region=execution.region,
        defaults=environment.default_input,
    )
    test = find_test_channel(run, load_algorithm(run.algorithm), environment.bucket, data)
    plan = Plan(run, environment, execution, test)
    sample = inspect_channels(run, plan.channels | ({TEST: test} if test else {}), data)
    if run.retrain:
        inspect_channels(run, plan.retrain_channels, data, field="Retrain.Channels")
    if test:
        check_commas(test, data)
        check_unseen(test, plan.channels, "Channels")
        check_unseen(test, run.retrain.channels if run.retrain else {}, "Retrain.Channels")
    return plan.to_document(sample)


@dataclass(frozen=True)
class Plan:
    """A run that can work; its properties are the parts of SageMaker requests."""

    run: ExecutionInput
    environment: PlanningEnvironment
    execution: Execution
    test_channel: str | None = None  # where it lies, when models are scored on it

    @property
    def algorithm(self) -> Algorithm:
        return load_algorithm(self.run.algorithm)

    @property
    def channels(self) -> dict[str, str]:
        """The S3 prefixes of the channels that training gets, by name."""
        folder = f"s3://{self.environment.bucket}/data"
        default = {name: f"{folder}/{name}/" for name in self.algorithm.channels}
        given = self.run.channels or default
        return {name: uri for name, uri in given.items() if name != TEST}

    @property
    def retrain_channels(self) -> Mapping[str, str]:
        return {**self.channels, **(self.run.retrain.channels if self.run.retrain else {})}

    @property
    def tags(self) -> list[dict[str, str]]:
        prefix = self.environment.name_prefix
        return self.execution.tags(prefix, self.run.endpoint.endpoint_name or prefix)

    def to_document(self, sample: S3Location) -> dict[str, Any]:
        """The plan as the state machine knows it."""
        bucket, folder = self.environment.bucket, self.execution.folder
        plan: dict[str, Any] = {
            "TuningJob": self._tuning_job(),
            "Report": {"Bucket": bucket, "Prefix": folder},
            "Samples": {
                "Bucket": sample.bucket,
                "Key": sample.key,
                "ContentType": self.run.content_type,
            },
            "Endpoint": plan_endpoint(self.run.endpoint, self.environment, self.tags),
            "Retention": self.run.retention.to_sagemaker(),
            **self._proof(),
        }
        return {**plan, "Retrain": self._retrain()} if self.run.retrain else plan

    def _proof(self) -> dict[str, Any]:
        """How models are scored, and what follows from their scores."""
        run, asked = self.run, self.run.evaluation
        document = {
            "TopK": asked.top_k if asked else 1,
            "Promotion": (run.promotion or Promotion()).to_sagemaker(),
            "Approval": run.approval,
            "DryRun": run.dry_run,
            "ModelPackageGroupName": self.environment.name_prefix,
        }
        if self.test_channel is None:
            return {**document, "NotEvaluated": find_obstacle(run, self.algorithm) or NO_CHANNEL}
        return {
            **document,
            "Evaluation": evaluation_plan(
                run,
                self.algorithm,
                self.test_channel,
                job_name=self.execution.job_name(self.environment.name_prefix),
                output=f"s3://{self.environment.bucket}/{self.execution.folder}evaluation/",
            ),
        }

    def _tuning_job(self) -> dict[str, Any]:
        run, space = self.run, SearchSpace.of(self.run, self.algorithm)
        return {
            "HyperParameterTuningJobName": self.execution.job_name(self.environment.name_prefix),
            "HyperParameterTuningJobConfig": self._tuning_config(space),
            "TrainingJobDefinition": {
                "StaticHyperParameters": self._static(space),
                **self._training(self.channels, run.resource_config, run.stopping_condition),
            },
            "Tags": self.tags,
        }

    def _tuning_config(self, space: SearchSpace) -> dict[str, Any]:
        run = self.run
        optional = {
            "StrategyConfig": run.strategy_config and run.strategy_config.to_sagemaker(),
            "RandomSeed": run.random_seed,
            "TuningJobCompletionCriteria": run.tuning_job_completion_criteria
            and run.tuning_job_completion_criteria.to_sagemaker(),
        }
        metric = self.algorithm.metrics[run.hyper_parameter_tuning_job_objective.metric_name]
        return {
            "Strategy": run.strategy,
            "HyperParameterTuningJobObjective": {"Type": metric.type, "MetricName": metric.name},
            "ResourceLimits": run.resource_limits.to_sagemaker(),
            "ParameterRanges": space.to_sagemaker(),
            "TrainingJobEarlyStoppingType": run.training_job_early_stopping_type,
            **{field: value for field, value in optional.items() if value is not None},
        }

    def _static(self, space: SearchSpace) -> dict[str, str]:
        """With what makes a job that tuning stops early leave a model, unless the input says no."""
        run = self.run
        may_stop = run.strategy == "Hyperband" or run.training_job_early_stopping_type == "Auto"
        keep_model = self.algorithm.stopped_jobs_keep_their_model_with if may_stop else {}
        return {**keep_model, **space.static}

    def _training(
        self,
        channels: Mapping[str, str],
        resources: ResourceConfig,
        stopping: StoppingCondition,
    ) -> dict[str, Any]:
        output = f"s3://{self.environment.bucket}/{self.execution.folder}training"
        return {
            "AlgorithmSpecification": {
                "TrainingImage": self._image,
                "TrainingInputMode": "File",
            },
            "RoleArn": self.environment.training_role_arn,
            "InputDataConfig": [self._channel(name, uri) for name, uri in channels.items()],
            "OutputDataConfig": {"S3OutputPath": output},
            "ResourceConfig": resources.to_sagemaker(),
            "StoppingCondition": stopping.to_sagemaker(),
        }

    @property
    def _image(self) -> str:
        version = self.algorithm.known_version(self.run.algorithm_version)
        return image_uri(self.run.algorithm, version, self.execution.region)

    def _channel(self, name: str, uri: str) -> dict[str, Any]:
        return {
            "ChannelName": name,
            "ContentType": self.run.content_type,
            "DataSource": {
                "S3DataSource": {
                    "S3DataType": "S3Prefix",
                    "S3Uri": uri,
                    "S3DataDistributionType": "FullyReplicated",
                }
            },
        }

    def _retrain(self) -> dict[str, Any]:
        retrain, run = self.run.retrain, self.run
        resources = (retrain and retrain.resource_config) or run.resource_config
        stopping = (retrain and retrain.stopping_condition) or run.stopping_condition
        return {
            "TrainingJobName": self.execution.retrain_job_name(self.environment.name_prefix),
            **self._training(self.retrain_channels, resources, stopping),
            "Tags": self.tags,
        }
