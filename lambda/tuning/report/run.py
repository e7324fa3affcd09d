"""One execution of the workflow, as its report tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tuning.algorithms.algorithm import Algorithm, load_algorithm
from tuning.algorithms.images import algorithm_of_image
from tuning.report.column_gains import ColumnGains
from tuning.report.search_space import Range, parse_ranges
from tuning.request_types import TrainingChannel
from tuning.trials.trials import Trial, TuningJob, best_first
from tuning.variables.approval import ApprovalAnswer
from tuning.variables.model import Model
from tuning.variables.plan import Plan
from tuning.variables.predictions import Prediction
from tuning.variables.run_cost import RunCost
from tuning.variables.verdict import Proven, Unproven, parse_verdict
from tuning.variables.winner import Winner


@dataclass(frozen=True)
class Run:
    """A tuning job, its trials best first, and what became of the best.

    `plan`, `winner`, `model` and `verdict` are the execution's variables of these names.
    """

    job: TuningJob
    trials: tuple[Trial, ...]
    plan: Plan
    winner: Winner
    model: Model
    predictions: tuple[Prediction, ...]
    execution_id: str
    outcome: str  # a name of tuning.failure.outcomes
    verdict: Proven | Unproven
    model_package_arn: str | None = None  # None in a dry run
    approval: ApprovalAnswer | None = None  # what a person decided, when one was asked
    cost: RunCost | None = None
    columns: ColumnGains = field(default_factory=ColumnGains)

    @classmethod
    def parse(
        cls,
        event: Mapping[str, Any],
        job: TuningJob,
        trials: list[Trial],
        cost: RunCost | None = None,
    ) -> Run:
        """From the payload of the state WriteReport."""
        approval = event.get("Approval")
        return cls(
            job=job,
            trials=tuple(best_first(trials, maximizes=job.maximizes)),
            plan=Plan.parse(event["Plan"]),
            winner=Winner.parse(event["Winner"]),
            model=Model.parse(event["Model"]),
            predictions=tuple(map(Prediction.parse, event["Predictions"]["Rows"])),
            execution_id=event["ExecutionId"],
            outcome=event["Outcome"],
            verdict=parse_verdict(event["Verdict"]),
            model_package_arn=event.get("ModelPackageArn"),
            approval=ApprovalAnswer.parse(approval) if approval else None,
            cost=cost,
        )

    @property
    def ranges(self) -> dict[str, Range]:
        return parse_ranges(self.job.config)

    @property
    def hyperparameter_names(self) -> list[str]:
        return list(self.ranges)

    @property
    def algorithm(self) -> Algorithm | None:
        """The built-in algorithm of the winner; None for another image."""
        name = algorithm_of_image(self.winner.training_image)
        return load_algorithm(name) if name else None

    @property
    def channels(self) -> Sequence[TrainingChannel]:
        """Those that the winner was trained on, of its training job definition."""
        request = self.plan.tuning_job
        if "TrainingJobDefinition" in request:
            return request["TrainingJobDefinition"].get("InputDataConfig", [])
        named = {each.get("DefinitionName"): each for each in request["TrainingJobDefinitions"]}
        (best,) = (trial for trial in self.trials if trial.name == self.best_training_job)
        return named[best.definition_name].get("InputDataConfig", [])

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
        return self.outcome == "Deployed"

    @property
    def endpoint_name(self) -> str:
        return self.plan.endpoint.endpoint_name
