"""Builds every request of a run: the plan that the state machine then carries out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from tuning.checks.check_input import check_input
from tuning.checks.cost_bound import cost_bound
from tuning.checks.evaluation import TEST, find_obstacle
from tuning.checks.warnings import doubts
from tuning.data.channel_data import DataReader, inspect_channels
from tuning.data.s3_location import S3Location
from tuning.environment import PlanningEnvironment
from tuning.errors import Fault
from tuning.execution_input.channel import Channel, uris
from tuning.execution_input.custom_image import algorithm_of
from tuning.execution_input.evaluation import Promotion
from tuning.execution_input.execution_input import ExecutionInput
from tuning.names import Execution, app_tags
from tuning.planning.endpoint_plan import plan_endpoint
from tuning.planning.held_out import (
    NO_CHANNEL,
    check_labels,
    check_unseen,
    evaluation_plan,
    find_test_channel,
)
from tuning.planning.training_request import TrainingRequest
from tuning.planning.tuning_request import tuning_request
from tuning.planning.warm_start import TuningJobReader, WarmStart, find_parents


class AwsReader(DataReader, TuningJobReader, Protocol):
    """What planning reads of AWS; the module tuning.aws.gateway is one."""


def plan_run(
    document: Mapping[str, Any],
    environment: PlanningEnvironment,
    execution: Execution,
    aws: AwsReader,
) -> dict[str, Any]:
    """The plan for an execution input, which is laid over the deployed defaults.

    Raises:
        InvalidInput: with every fault of the document, of the data or of the parents it names.
        MissingData: when a channel has none.
    """
    run = check_input(
        document,
        name_prefix=environment.name_prefix,
        region=execution.region,
        defaults=environment.default_input,
    )
    test = find_test_channel(run, algorithm_of(run), environment.bucket, aws)
    plan = Plan(run, environment, execution, test)
    seen = [inspect_channels(alone, plan.channels_of(alone), aws) for _, alone in run.definitions]
    if run.retrain:
        seen.append(inspect_channels(run, plan.retrain_channels, aws, field="Retrain.Channels"))
    if test:
        seen.append(inspect_channels(run, plan.channels | {TEST: Channel.at(test)}, aws))
        plan.check_test_channel(test, aws)
    warm_start = find_parents(run, plan.tuning_job(), aws, environment.name_prefix)
    warnings = [*doubts(run), *(doubt for inspection in seen for doubt in inspection.warnings)]
    return plan.to_document(seen[0].sample, warm_start, warnings)


@dataclass(frozen=True)
class Plan:
    """A run that can work; its properties are the parts of SageMaker requests."""

    run: ExecutionInput
    environment: PlanningEnvironment
    execution: Execution
    test_channel: str | None = None  # where it lies, when models are scored on it

    def channels_of(self, run: ExecutionInput) -> dict[str, Channel]:
        """A definition's channels by name, without the one that is held out."""
        folder = f"s3://{self.environment.bucket}/data"
        names = algorithm_of(run).channels
        given = run.channels or {name: Channel.at(f"{folder}/{name}/") for name in names}
        if run.algorithm_specification:
            return dict(given)  # its channels are its own affair
        return {name: channel for name, channel in given.items() if name != TEST}

    @property
    def channels(self) -> dict[str, Channel]:
        """The channels that training gets, by name."""
        return self.channels_of(self.run)

    @property
    def retrain_channels(self) -> Mapping[str, Channel]:
        return {**self.channels, **(self.run.retrain.channels if self.run.retrain else {})}

    @property
    def tags(self) -> list[dict[str, str]]:
        prefix, own = self.environment.name_prefix, self.run.tags or ()
        endpoint = self.run.endpoint.endpoint_name or prefix
        return [*self.execution.tags(prefix, endpoint), *(tag.to_sagemaker() for tag in own)]

    def to_document(
        self, sample: S3Location, warm_start: WarmStart, warnings: Sequence[Fault]
    ) -> dict[str, Any]:
        """The plan as the state machine knows it."""
        bucket, folder = self.environment.bucket, self.execution.folder
        plan: dict[str, Any] = {
            "TuningJob": {**self.tuning_job(), **warm_start.to_sagemaker()},
            "WarmStart": warm_start.outcome(),
            "CostBound": cost_bound(self.run),
            "Warnings": list(dict.fromkeys(map(str, warnings))),
            "Report": {"Bucket": bucket, "Prefix": folder},
            "Samples": {
                "Bucket": sample.bucket,
                "Key": sample.key,
                "ContentType": self.run.content_type,
                "Accept": self._accept(),
            },
            "Endpoint": plan_endpoint(self.run.endpoint, self.environment, self.tags),
            "Retention": self.run.retention.to_sagemaker(),
            **self._proof(),
        }
        return {**plan, "Retrain": self._retrain()} if self.run.retrain else plan

    def _accept(self) -> str:
        """In which the endpoint is asked to answer, whichever definition wins: all know JSON."""
        accepted = {algorithm_of(alone).accept for _, alone in self.run.definitions}
        return accepted.pop() if len(accepted) == 1 else "application/json"

    def _proof(self) -> dict[str, Any]:
        """How models are scored, and what follows from their scores."""
        run, asked = self.run, self.run.evaluation
        document = {
            "TopK": asked.top_k if asked else 1,
            "Promotion": (run.promotion or Promotion()).to_sagemaker(),
            "Approval": run.approval,
            "ApprovalTimeoutInSeconds": run.approval_timeout_in_seconds,
            "DryRun": run.dry_run,
            "ModelPackageGroup": {
                "ModelPackageGroupName": self.environment.name_prefix,
                "ModelPackageGroupDescription": "Retune: the candidates of all runs",
                "Tags": app_tags(self.environment.name_prefix),
            },
        }
        if self.test_channel is None:
            return {**document, "NotEvaluated": find_obstacle(run, algorithm_of(run)) or NO_CHANNEL}
        return {
            **document,
            "Evaluation": evaluation_plan(
                run,
                algorithm_of(run),
                self.test_channel,
                job_name=self.execution.job_name(self.environment.name_prefix),
                output=f"s3://{self.environment.bucket}/{self.execution.folder}evaluation/",
            ),
        }

    def check_test_channel(self, test: str, aws: DataReader) -> None:
        """Raises InvalidInput when training would see it, or the label could not be cut off."""
        check_labels(test, self.run.content_type, aws)
        for _, alone in self.run.definitions:
            check_unseen(test, uris(self.channels_of(alone)), "Channels")
        check_unseen(
            test, uris(self.run.retrain.channels) if self.run.retrain else {}, "Retrain.Channels"
        )

    def tuning_job(self) -> dict[str, Any]:
        """The request of RunTuning without its warm start."""
        return {
            "HyperParameterTuningJobName": self.execution.job_name(self.environment.name_prefix),
            **tuning_request(
                self.run, lambda run: self._training(run).for_tuning(self.channels_of(run))
            ),
            "Tags": self.tags,
        }

    def _training(self, run: ExecutionInput) -> TrainingRequest:
        folder = f"s3://{self.environment.bucket}/{self.execution.folder}"
        role = self.environment.training_role_arn
        return TrainingRequest(run, role, self.execution.region, folder)

    def _retrain(self) -> dict[str, Any]:
        retrain = self.run.retrain
        assert retrain is not None
        return {
            "TrainingJobName": self.execution.retrain_job_name(self.environment.name_prefix),
            **self._training(self.run).for_retraining(
                self.retrain_channels,
                retrain.resource_config,
                retrain.stopping_condition,
            ),
            "Tags": self.tags,
        }
