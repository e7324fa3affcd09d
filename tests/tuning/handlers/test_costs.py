"""What a run has cost is told where its end is told, and its month knows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from tuning.aws import month_ledger, tuning_jobs
from tuning.failure.notification import compose
from tuning.handlers import explain_failure, write_report
from tuning.trials.trials import Trial, TuningJob
from tuning.variables.cost import Cost
from tuning.variables.result import parse_result
from tuning.variables.run_cost import RunCost

from tests.tuning.account import Account
from tests.tuning.handlers.costs import billed, set_jobs, set_prices
from tests.tuning.lambda_context import CONTEXT
from tests.tuning.plans import EXECUTION, make_plan
from tests.tuning.recorded import tuning_job
from tests.tuning.report_runs import PLAN, lesson_trials, make_run, payload, rendered

MONTH = "endpoints/retune/costs/2026-11.json"
JOBS = EXECUTION.job_name("retune")
READ = tuning_jobs.read_training_jobs


@pytest.fixture(autouse=True)
def an_hour_of_training(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of which a job that failed took the half."""
    set_prices(monkeypatch)
    set_jobs(monkeypatch, {JOBS: [billed(1800), billed(1800, TrainingJobStatus="Failed")]})


def report(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    trials = [Trial.parse(entry) for entry in lesson_trials()]
    job = TuningJob.parse(tuning_job(trials[0].name))
    monkeypatch.setattr(tuning_jobs, "read_tuning_job", lambda name: job)
    monkeypatch.setattr(tuning_jobs, "read_trials", lambda name, secrets: trials)
    event = payload(trials[0], "Maximize") | {"ExecutionId": EXECUTION.id}
    return dict(write_report.handler(event, CONTEXT))


def test_summary_tells_what_a_run_has_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    cost = report(monkeypatch)["Cost"]
    assert cost["BillableSeconds"] == {"ml.m5.large": 3600}
    assert (cost["Cost"]["Amount"], cost["Cost"]["Currency"]) == (0.1, "EUR")
    assert cost["ThisMonth"]["Amount"] == 0.1


def test_report_has_the_billable_seconds_of_each_training_job(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = Trial.parse(lesson_trials()[0]).name
    machines = {"InstanceType": "ml.m5.large", "InstanceCount": 2}
    job = billed(40, TrainingJobName=name, ResourceConfig=machines)
    set_jobs(monkeypatch, {JOBS: [job]})
    report(monkeypatch)
    written = account.read(make_plan().report.file("report.json").key)
    seconds = {job["Name"]: job["BillableSeconds"] for job in written["Jobs"]}
    assert seconds.pop(name) == 80, "of both instances"
    assert set(seconds.values()) == {None}, "of the others nothing is known"


def test_processing_job_is_counted_from_its_start_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan = make_plan()
    bound = plan.cost_bound.model_copy(update={"preparation_instance_seconds": 3600})
    job = {
        "ProcessingJobStatus": "Completed",
        "ProcessingStartTime": datetime(2026, 11, 24, 6, 31, tzinfo=UTC),
        "ProcessingEndTime": datetime(2026, 11, 24, 6, 32, 0, 1, tzinfo=UTC),
        "ProcessingResources": {
            "ClusterConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1}
        },
    }
    monkeypatch.setattr(tuning_jobs, "read_processing_jobs", lambda name: [job])
    prepared = plan.model_copy(update={"cost_bound": bound})
    cost = month_ledger.count(EXECUTION.id, prepared, []).cost
    assert cost.billable_seconds == {"ml.m5.large": 3600 + 61}


def test_month_has_it_too(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    report(monkeypatch)
    report(monkeypatch)  # another attempt of WriteReport
    (record,) = account.read(MONTH)["Runs"].values()
    assert record["BillableSeconds"] == {"ml.m5.large": 3600}


def test_trials_on_demand_are_not_asked_for_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 10,000 that would take longer than the function has."""
    told_by_list: list[str] = []

    def read(name_start: str, told: dict[str, Any]) -> Iterator[dict[str, Any]]:
        told_by_list.extend(told)
        yield from told.values()

    monkeypatch.setattr(tuning_jobs, "read_training_jobs", read)
    cost = report(monkeypatch)["Cost"]
    trials = [Trial.parse(entry) for entry in lesson_trials()]
    assert told_by_list == [trial.name for trial in trials]
    assert cost["BillableSeconds"] == {"ml.m5.large": sum(trial.seconds or 0 for trial in trials)}


def test_too_many_jobs_that_have_to_be_asked_for_leave_the_cost_unknown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_jobs(monkeypatch, {JOBS: [billed(1)] * 40})
    monkeypatch.setattr(month_ledger, "MOST_JOBS", 2)
    assert "only DescribeTrainingJob tells" in report(monkeypatch)["Cost"]["Cost"]["Unknown"]


def test_report_stands_when_the_cost_cannot_be_read(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tuning_jobs, "read_training_jobs", READ)
    account.refuse("sagemaker", "ListTrainingJobs", "AccessDeniedException", "Not you.")
    summary = report(monkeypatch)
    assert summary["Outcome"] == "Deployed"
    assert "Not you." in summary["Cost"]["Cost"]["Unknown"]
    assert "Amount" not in summary["Cost"]["Cost"]


def test_report_stands_when_the_month_cannot_be_written(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.refuse("s3", "GetObject", "AccessDenied", "Not you.")
    summary = report(monkeypatch)
    assert summary["Cost"]["Cost"]["Amount"] == 0.1
    assert "could not be counted: " in summary["Cost"]["ThisMonth"]["Unknown"]


def test_failure_tells_that_its_month_does_not_know_it(account: Account) -> None:
    account.refuse("s3", "GetObject", "AccessDenied", "Not you.")
    assert "runs of this month have cost is unknown: this run could not be counted" in failure()


def test_notification_tells_cost_bound_month_and_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    told = compose(parse_result(report(monkeypatch)), prefix="retune", execution_id=EXECUTION.id)
    assert (
        "Cost of training: 0.10 EUR by the prices for eu-central-1 of 2026-09-28 (3600 billable "
        "seconds); at most unknown: the price table has no Training price"
    ) in told.message  # the bound is of a plan that was made without these prices
    assert "Endpoint's runs this month: 0.10 EUR\n" in told.message
    assert "Price of the endpoint: unknown: " in told.message


def test_report_tells_it() -> None:
    cost = RunCost(
        billable_seconds={"ml.m5.large": 36},
        cost=Cost(amount=0.0015, currency="USD", prices="us-east-1 of 2026-09-28"),
    )
    run = replace(make_run(), cost=cost)
    assert "0.0015 USD by the prices for us-east-1 of 2026-09-28 (36 billable seconds)" in rendered(
        run
    )


def failure(**progress: Any) -> str:
    state = {"State": "RetrainBest", "Error": "States.TaskFailed", "Cause": "It broke."}
    event = {
        "Progress": {"ExecutionId": EXECUTION.id, "Failure": state, "Plan": PLAN, **progress},
        "Restoration": {},
        "Cleaned": {},
    }
    return str(explain_failure.handler(event, CONTEXT)["Reason"])


def test_failure_tells_what_it_has_cost_and_its_month_knows_it(account: Account) -> None:
    assert "Its training jobs have cost 0.10 EUR by the prices" in failure()
    (record,) = account.read(MONTH)["Runs"].values()
    assert record["BillableSeconds"] == {"ml.m5.large": 3600}


def test_failure_whose_jobs_still_stop_is_counted_by_the_next_run(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_jobs(monkeypatch, {JOBS: [billed(1800, TrainingJobStatus="Stopping")]})
    assert "not all of its jobs have ended; the endpoint's next run counts them" in failure()
    listed = account.client("s3").list_objects_v2(Bucket=account.bucket)
    assert listed["KeyCount"] == 0


def test_failure_that_trained_nothing_says_nothing_of_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    set_jobs(monkeypatch, {})
    assert "cost" not in failure()


def test_failure_before_a_plan_has_nothing_to_count() -> None:
    assert "cost" not in failure(Plan=None)


def test_run_that_an_older_version_planned_has_a_cost_and_no_month(account: Account) -> None:
    older = make_plan().model_copy(update={"month": None}).to_document()
    assert "Its training jobs have cost 0.10 EUR" in failure(Plan=older)
    assert account.client("s3").list_objects_v2(Bucket=account.bucket)["KeyCount"] == 0


def test_jobs_of_other_runs_are_not_counted(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SageMaker lists jobs that contain the name anywhere."""
    monkeypatch.setattr(tuning_jobs, "read_training_jobs", READ)
    for name in (f"{JOBS}-00-001-abc", f"{JOBS}-retrain-00", f"not-{JOBS}-00-001-abc"):
        account.client("sagemaker").create_training_job(
            TrainingJobName=name,
            AlgorithmSpecification={"TrainingInputMode": "File", "TrainingImage": "x"},
            RoleArn="arn:aws:iam::123456789012:role/retune",
            OutputDataConfig={"S3OutputPath": "s3://data-bucket/x/"},
            ResourceConfig={
                "InstanceType": "ml.m5.large",
                "InstanceCount": 1,
                "VolumeSizeInGB": 1,
            },
            StoppingCondition={"MaxRuntimeInSeconds": 60},
        )
    found = [job["TrainingJobName"] for job in tuning_jobs.read_training_jobs(JOBS, {})]
    assert sorted(found) == [f"{JOBS}-00-001-abc", f"{JOBS}-retrain-00"]
