"""One execution of the workflow, or tuning jobs by themselves, as a report tells of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tuning.algorithms.algorithm import Algorithm, load_algorithm
from tuning.algorithms.images import algorithm_of_image
from tuning.failure.console import Console
from tuning.failure.outcomes import DEPLOYED
from tuning.failure.unscaled import why_unscaled
from tuning.report.column_gains import ColumnGains
from tuning.report.effects import Effect, effects
from tuning.report.importance import Importance, importance
from tuning.report.search import Search
from tuning.report.trained_model import TrainedModel
from tuning.request_types import TrainingChannel
from tuning.trials.trials import Trial
from tuning.variables.approval import ApprovalAnswer
from tuning.variables.model import Model
from tuning.variables.plan import Plan
from tuning.variables.predictions import Prediction
from tuning.variables.run_cost import RunCost
from tuning.variables.verdict import Proven, Unproven, parse_verdict
from tuning.variables.winner import Winner


@dataclass(frozen=True, kw_only=True)
class Run:
    """What was searched, and what is known of the execution that did; it may have failed.

    Of tuning jobs that no execution is known of there is only `search`. `reason` is there when the
    execution failed, in lines.
    """

    search: Search
    execution_id: str | None = None
    outcome: str | None = None  # a name of tuning.failure.outcomes
    reason: str | None = None
    plan: Plan | None = None  # None, too, when it could not be read
    cost: RunCost | None = None
    in_aws: bool = False  # which alone has a console
    verdict: Proven | Unproven | None = None  # None when it has come to none

    @cached_property
    def effects(self) -> dict[str, Effect]:
        """Of the hyperparameters; computed once, since it takes a while."""
        return effects(self.search)

    @cached_property
    def importance(self) -> Importance:
        """The same."""
        return importance(self.search, self.effects)

    @property
    def image(self) -> str | None:
        """The training image; with several definitions, that of the best training job."""
        named = {each.get("DefinitionName"): each for each in self.search.job.definitions}
        best = self.search.best
        own = named.get(best.definition_name) if best else None
        definition = own or next(iter(named.values()), {})
        image = definition.get("AlgorithmSpecification", {}).get("TrainingImage")
        return None if image is None else str(image)

    @property
    def algorithm(self) -> Algorithm | None:
        """The built-in algorithm that was tuned; None for another image."""
        name = algorithm_of_image(self.image) if self.image else None
        return load_algorithm(name) if name else None

    def log_url(self, training_job: str) -> str | None:
        """Where the log of a training job is in AWS's console."""
        arn = self.search.job.arn
        if arn is None:
            return None
        return Console.of(arn, exists=self.in_aws).training_job_log(training_job)

    @property
    def best(self) -> Trial | None:
        """The training job that won, or has the best metric."""
        return self.search.best

    @property
    def deployed(self) -> str | None:
        """The name of the training job whose model serves since; None when it is none of these."""
        return None


@dataclass(frozen=True, kw_only=True)
class CompletedRun(Run):
    """An execution that ended as it should, with what only that knows.

    `plan`, `winner`, `model` and `verdict` are the execution's variables of these names.
    """

    execution_id: str
    outcome: str
    plan: Plan
    winner: Winner
    model: Model
    predictions: tuple[Prediction, ...]
    verdict: Proven | Unproven
    model_package_arn: str | None = None  # None in a dry run
    approval: ApprovalAnswer | None = None  # what a person decided, when one was asked
    scaling_failure: str | None = None  # why the endpoint does not scale though it should
    columns: ColumnGains = field(default_factory=ColumnGains)
    # What this run made and what served before; None when SageMaker could not tell.
    trained: TrainedModel | None = None
    champion: TrainedModel | None = None

    @classmethod
    def parse(
        cls,
        event: Mapping[str, Any],
        search: Search,
        cost: RunCost | None = None,
        *,
        in_aws: bool = False,
    ) -> CompletedRun:
        """From the payload of the state WriteReport."""
        approval = event.get("Approval")
        return cls(
            search=search,
            plan=Plan.parse(event["Plan"]),
            winner=Winner.parse(event["Winner"]),
            model=Model.parse(event["Model"]),
            predictions=tuple(map(Prediction.parse, event["Predictions"]["Rows"])),
            execution_id=event["ExecutionId"],
            outcome=event["Outcome"],
            verdict=parse_verdict(event["Verdict"]),
            model_package_arn=event.get("ModelPackageArn"),
            approval=ApprovalAnswer.told(approval) if approval else None,
            scaling_failure=why_unscaled(event),
            cost=cost,
            in_aws=in_aws,
        )

    @property
    def image(self) -> str:
        return self.winner.training_image

    @property
    def best(self) -> Trial | None:
        """The winner: held-out data may have chosen another than SageMaker's."""
        name = self.best_training_job
        return next((trial for trial in self.search.trials if trial.name == name), None)

    @property
    def deployed(self) -> str | None:
        return self.model_name if self.is_deployed else None

    @property
    def channels(self) -> Sequence[TrainingChannel]:
        """Those that the winner was trained on, of its training job definition."""
        request = self.plan.tuning_job
        if "TrainingJobDefinition" in request:
            return request["TrainingJobDefinition"].get("InputDataConfig", [])
        named = {each.get("DefinitionName"): each for each in request["TrainingJobDefinitions"]}
        kind = self.best.definition_name if self.best else None
        return named[kind].get("InputDataConfig", []) if kind in named else []

    @property
    def best_training_job(self) -> str:
        return self.winner.training_job_name

    @property
    def model_name(self) -> str:
        return self.model.training_job_name

    @property
    def is_retrained(self) -> bool:
        """Whether the deployed model is another one than the best trial's."""
        return self.model_name != self.best_training_job

    @property
    def is_deployed(self) -> bool:
        return self.outcome in DEPLOYED

    @property
    def endpoint_name(self) -> str:
        return self.plan.endpoint.endpoint_name
