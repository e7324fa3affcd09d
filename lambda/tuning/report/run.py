"""One execution of the workflow, as its report tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tuning.report.search_space import Range, parse_ranges
from tuning.trials.trials import Trial, TuningJob, best_first
from tuning.variables.plan import Plan


@dataclass(frozen=True)
class Run:
    """A tuning job, its trials best first, and what became of the best.

    `plan`, `winner` and `model` are the execution's variables of these names; `predictions` are
    the rows that VerifyEndpoint returned.
    """

    job: TuningJob
    trials: tuple[Trial, ...]
    plan: Plan
    winner: Mapping[str, Any]
    model: Mapping[str, str]
    predictions: tuple[Mapping[str, Any], ...]
    execution_id: str
    outcome: str  # a name of tuning.failure.outcomes
    verdict: Mapping[str, Any]
    model_package_arn: str | None = None  # None in a dry run
    approval: Mapping[str, str] | None = None  # what a person decided, when one was asked

    @classmethod
    def parse(cls, event: Mapping[str, Any], job: TuningJob, trials: list[Trial]) -> Run:
        """From the payload of the state WriteReport."""
        return cls(
            job=job,
            trials=tuple(best_first(trials, maximizes=job.maximizes)),
            plan=Plan.parse(event["Plan"]),
            winner=event["Winner"],
            model=event["Model"],
            predictions=tuple(event["Predictions"]["Rows"]),
            execution_id=event["ExecutionId"],
            outcome=event["Outcome"],
            verdict=event["Verdict"],
            model_package_arn=event.get("ModelPackageArn"),
            approval=event.get("Approval"),
        )

    @property
    def ranges(self) -> dict[str, Range]:
        return parse_ranges(self.job.config)

    @property
    def hyperparameter_names(self) -> list[str]:
        return list(self.ranges)

    @property
    def best_training_job(self) -> str:
        return str(self.winner["TrainingJobName"])

    @property
    def model_name(self) -> str:
        return str(self.model["TrainingJobName"])

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
