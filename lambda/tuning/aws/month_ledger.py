"""Counts what the runs of an endpoint cost in a month.

PlanTuning enters a run before it can cost anything. WriteReport and ExplainFailure enter what was
billed, and PlanTuning does so for earlier runs that nobody saw end. An entry is that of an
execution: what is done twice counts once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from tuning.aws import executions, tuning_jobs
from tuning.aws.clients import AWS_ERRORS
from tuning.aws.shared_document import Document, Overtaken, change_document
from tuning.data.s3_location import S3Location
from tuning.names import region_of
from tuning.prices.billing import (
    billable_seconds,
    cost_of,
    month_cost,
    processing_seconds,
    seconds_by_job,
)
from tuning.request_types import TrainingJobAnswer
from tuning.trials.billed_on_demand import billed_on_demand
from tuning.trials.trials import Trial
from tuning.variables.cost import Cost
from tuning.variables.explanation import Explanation
from tuning.variables.month_costs import MonthCosts, RunRecord
from tuning.variables.plan import Plan
from tuning.variables.run_cost import RunCost

MOST_JOBS = 300  # that are asked for one by one: PlanTuning has two minutes
_TOO_MANY = (
    f"it has more than {MOST_JOBS} training jobs of which only DescribeTrainingJob tells what is "
    "billed; it counts with its bound"
)
_GOES_ON = "not all of its jobs have ended; the endpoint's next run counts them"


@dataclass(frozen=True)
class MonthLedger:
    """The file `endpoints/<endpoint name>/costs/<month>.json` of the data bucket."""

    place: S3Location

    @classmethod
    def of(cls, plan: Plan) -> MonthLedger:
        """That of a plan's endpoint and of the month in which its execution started."""
        key = f"endpoints/{plan.endpoint.endpoint_name}/costs/{plan.month}.json"
        return cls(S3Location(plan.report.bucket, key))

    def enter(
        self, execution_id: str, plan: Plan, refuse: Callable[[MonthCosts], Explanation | None]
    ) -> Explanation | None:
        """Enters a run with its bound, unless `refuse` has something against it beside the others.

        The conditional write decides: of two that start at the same moment one sees the other.
        """

        def enter_run(found: Document) -> tuple[Document | None, Explanation | None]:
            others = _with_ended(MonthCosts.parse(found).without(execution_id))
            if refusal := refuse(others):
                return None, refusal
            return others.having(execution_id, _record(plan)).to_document(), None

        return change_document(self.place, enter_run)

    def close(self, execution_id: str, plan: Plan, seconds: dict[str, int]) -> MonthCosts:
        """Enters what was billed for a run; returns the whole month."""
        record = _record(plan).model_copy(update={"billable_seconds": seconds})

        def close_run(found: Document) -> tuple[Document, MonthCosts]:
            closed = MonthCosts.parse(found).having(execution_id, record)
            return closed.to_document(), closed

        return change_document(self.place, close_run)


@dataclass(frozen=True)
class Counted:
    """What an execution has cost, and the billable seconds of its training jobs, by name."""

    cost: RunCost
    seconds_of_job: Mapping[str, int] = field(default_factory=dict)


def count(execution_id: str, plan: Plan, trials: Sequence[Trial]) -> Counted:
    """What the jobs of an execution have cost, which its month then knows.

    `trials` are those of its tuning job, which most of its jobs are. Raises nothing for an error of
    AWS: it must not take the place of what is told beside it.
    """
    try:
        run = _record(plan)
        jobs = _jobs(run, billed_on_demand(plan.tuning_job, trials))
        seconds = None if jobs is None else _billed(run, jobs)
    except AWS_ERRORS as error:
        return Counted(RunCost(cost=Cost(unknown=f"it could not be read: {error}")))
    if jobs is None:
        return Counted(RunCost(cost=Cost(unknown=_TOO_MANY)))
    if seconds is None:
        return Counted(RunCost(cost=Cost(unknown=_GOES_ON)))
    region = region_of(execution_id)
    cost = RunCost(
        billable_seconds=seconds,
        cost=cost_of(region, seconds, plan.cost_bound.training_instance_hour),
        this_month=_this_month(execution_id, plan, seconds) if plan.month else None,
    )
    return Counted(cost, seconds_by_job(jobs))


def _this_month(execution_id: str, plan: Plan, seconds: dict[str, int]) -> Cost:
    try:
        month = MonthLedger.of(plan).close(execution_id, plan, seconds)
    except (*AWS_ERRORS, Overtaken) as error:
        return Cost(unknown=f"this run could not be counted: {error}")
    return month_cost(region_of(execution_id), month)


def _record(plan: Plan) -> RunRecord:
    name = plan.tuning_job["HyperParameterTuningJobName"]
    bound = plan.cost_bound
    return RunRecord(
        job_name=name,
        bound=bound.cost,
        prepares=bound.preparation_instance_seconds > 0,
        training_instance_hour=bound.training_instance_hour,
    )


def _with_ended(month: MonthCosts) -> MonthCosts:
    """What was billed for runs that are over; what cannot be read counts with its bound on."""
    for execution_id, run in month.runs.items():
        if run.billable_seconds is None:
            seconds = _billed_if_over(execution_id, run)
            record = run.model_copy(update={"billable_seconds": seconds})
            month = month.having(execution_id, record)
    return month


def _billed_if_over(execution_id: str, run: RunRecord) -> dict[str, int] | None:
    try:
        if executions.goes_on(execution_id):
            return None
        jobs = _jobs(run, {})
        return None if jobs is None else _billed(run, jobs)
    except AWS_ERRORS:
        return None


def _jobs(run: RunRecord, told: Mapping[str, TrainingJobAnswer]) -> list[TrainingJobAnswer] | None:
    """The run's training jobs; None when it has too many that are not `told`."""
    most = len(told) + MOST_JOBS
    jobs = list(islice(tuning_jobs.read_training_jobs(run.job_name, told), most + 1))
    return None if len(jobs) > most else jobs


def _billed(run: RunRecord, training_jobs: Iterable[TrainingJobAnswer]) -> dict[str, int] | None:
    """Of a run's training and processing jobs, by instance type; None when one goes on."""
    trained = billable_seconds(training_jobs)
    if trained is None or not run.prepares:
        return trained
    prepared = processing_seconds(tuning_jobs.read_processing_jobs(run.job_name))
    if prepared is None:
        return None
    return dict(sorted((Counter(trained) + Counter(prepared)).items()))
