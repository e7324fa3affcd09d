"""Makes the requests of a run that can work, one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tuning.checks.cost_bound import cost_bound
from tuning.checks.evaluation import find_obstacle
from tuning.data.channel_data import DataReader
from tuning.data.s3_location import S3Location
from tuning.environment import PlanningEnvironment
from tuning.errors import Fault
from tuning.evaluation.metric_names import RANKING
from tuning.execution_input.channel import TEST, Channel, uris
from tuning.execution_input.evaluation import Promotion
from tuning.execution_input.execution_input import ExecutionInput, Retrain
from tuning.execution_input.known_algorithm import algorithm_of
from tuning.execution_input.requirements import Requirements
from tuning.names import Execution
from tuning.planning.endpoint_plan import plan_endpoint
from tuning.planning.held_out import NO_CHANNEL, check_first_row, check_unseen, evaluation_plan
from tuning.planning.prepared_table import PreparedTable
from tuning.planning.training_request import TrainingRequest
from tuning.planning.tuning_request import tuning_request
from tuning.planning.warm_start import Origin, WarmStart
from tuning.prices.price_list import Ask, nobody
from tuning.request_types import Tag, TrainingJobRequest, TuningJobRequest
from tuning.tags import app_tags, model_tags, preparation_tags, without_doubles
from tuning.variables.evaluation_plan import EvaluationPlan
from tuning.variables.interface import Interface
from tuning.variables.last_run import Fingerprint
from tuning.variables.plan import Plan, ReportPlace, Samples


@dataclass(frozen=True)
class Planner:
    """Makes the plan of a run that can work."""

    run: ExecutionInput
    environment: PlanningEnvironment
    execution: Execution
    test_channel: str | None = None  # where it lies, when models are scored on it
    ask: Ask = nobody  # for prices that the price table does not have

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
        return {**self.channels, **self.run.larger_channels}

    @property
    def all_channels(self) -> list[Channel]:
        """What any job of the run reads."""
        test = [Channel.at(self.test_channel)] if self.test_channel else []
        groups = (self.channels_of(alone) for _, alone in self.run.definitions)
        used = (*groups, self.run.larger_channels)
        return [*(each for group in used for each in group.values()), *test]

    @property
    def tags(self) -> list[Tag]:
        prefix, own = self.environment.name_prefix, self.run.tags or ()
        return without_doubles(
            [
                *self.execution.tags(prefix, self._endpoint_name),
                *model_tags(self.run.model_name, self.run.owner),
                *(tag.to_sagemaker() for tag in own),
            ]
        )

    @property
    def _required(self) -> Requirements:
        return Requirements.model_validate(self.environment.required)

    @property
    def _endpoint_name(self) -> str:
        return self.run.endpoint.endpoint_name or self.environment.name_prefix

    @property
    def report(self) -> ReportPlace:
        """The run's folder."""
        return ReportPlace(bucket=self.environment.bucket, prefix=self.execution.folder)

    def origin(self, read: Fingerprint) -> Origin:
        """Whose earlier tuning jobs this run can learn from."""
        prefix, bucket = self.environment.name_prefix, self.environment.bucket
        return Origin(prefix, bucket, self._endpoint_name, read.data)

    def plan(
        self,
        sample: S3Location,
        warm_start: WarmStart,
        warnings: Sequence[Fault],
        read: Fingerprint,
        interface: Interface | None,
        prepared: PreparedTable | None = None,
    ) -> Plan:
        """The whole; `sample` is the object whose rows the endpoint will be asked about."""
        run, environment = self.run, self.environment
        described = prepared.table_description if prepared else None
        of_table = preparation_tags(described.kept) if described else []
        return Plan(
            tuning_job=self.tuning_job(warm_start),
            retrain=self._retrain(run.retrain) if run.retrain else None,
            earlier_tuning_job=run.earlier_tuning_job,
            warm_start=warm_start.outcome(),
            cost_bound=cost_bound(run, self.execution.region, self.ask),
            month=self.execution.month,
            monthly_budget=run.monthly_budget,
            warnings=tuple(dict.fromkeys(map(str, warnings))),
            report=self.report,
            samples=Samples(
                bucket=sample.bucket,
                key=sample.key,
                content_type=run.content_type,
                accept=self._accept(),
            ),
            endpoint=plan_endpoint(run, environment, [*self.tags, *of_table], self._required),
            retention=run.retention,
            top_k=run.evaluation.top_k if run.evaluation else 1,
            evaluation=self._evaluation(self.test_channel) if self.test_channel else None,
            not_evaluated=self._not_evaluated(),
            promotion=run.promotion or Promotion(),
            approval=run.approval,
            approval_timeout_in_seconds=run.approval_timeout_in_seconds,
            dry_run=run.dry_run,
            retune_when=run.retune_when,
            retune_margin=run.retune_margin,
            fingerprint=read,
            interface=interface,
            table_description=described,
            model_package_group={
                "ModelPackageGroupName": environment.name_prefix,
                "ModelPackageGroupDescription": "Retune: the candidates of all runs",
                "Tags": self._group_tags,
            },
        )

    @property
    def _group_tags(self) -> list[Tag]:
        required = (tag.to_sagemaker() for tag in self._required.tags)
        return without_doubles([*app_tags(self.environment.name_prefix), *required])

    def _accept(self) -> str:
        """In which the endpoint is asked to answer, whichever definition wins: all know JSON."""
        accepted = {algorithm_of(alone).accept for _, alone in self.run.definitions}
        return accepted.pop() if len(accepted) == 1 else "application/json"

    def _evaluation(self, test_channel: str) -> EvaluationPlan:
        return evaluation_plan(
            self.run,
            algorithm_of(self.run),
            test_channel,
            job_name=self._job_name,
            output=f"s3://{self.environment.bucket}/{self.execution.folder}evaluation/",
            required=self._required,
        )

    def _not_evaluated(self) -> str | None:
        if self.test_channel:
            return None
        return find_obstacle(self.run, algorithm_of(self.run)) or NO_CHANNEL

    def check_test_channel(self, test: str, data: DataReader) -> None:
        """Raises InvalidInput when training would see it, or the label could not be cut off."""
        slices = (self.run.promotion and self.run.promotion.slices) or ()
        algorithm = algorithm_of(self.run)
        problem_type = algorithm.problem_type(algorithm.objective(self.run.static_hyper_parameters))
        ranked = problem_type == RANKING
        check_first_row(test, self.run.content_type, slices, data, ranked=ranked)
        for _, alone in self.run.definitions:
            check_unseen(test, uris(self.channels_of(alone)), "Channels")
        check_unseen(test, uris(self.run.larger_channels), "Retrain.Channels")

    def tuning_job(self, warm_start: WarmStart | None = None) -> TuningJobRequest:
        """The request of RunTuning."""
        request = tuning_request(
            self._job_name,
            self.run,
            lambda run: self._training(run).for_tuning(self.channels_of(run)),
        )
        request["Tags"] = self.tags
        parents = warm_start and warm_start.to_sagemaker()
        if parents:
            request["WarmStartConfig"] = parents
        if warm_start and warm_start.adapted:
            ranges: Any = warm_start.adapted.ranges
            request["HyperParameterTuningJobConfig"]["ParameterRanges"] = ranges
        return request

    def _retrain(self, retrain: Retrain) -> TrainingJobRequest:
        request = self._training(self.run).for_retraining(
            self.execution.retrain_job_name(self.environment.name_prefix),
            self.retrain_channels,
            retrain.resource_config,
            retrain.stopping_condition,
        )
        request["Tags"] = self.tags
        return request

    @property
    def _job_name(self) -> str:
        return self.execution.job_name(self.environment.name_prefix)

    def _training(self, run: ExecutionInput) -> TrainingRequest:
        folder = f"s3://{self.environment.bucket}/{self.execution.folder}"
        role = self.environment.training_role_arn
        return TrainingRequest(run, role, self.execution.region, folder)
