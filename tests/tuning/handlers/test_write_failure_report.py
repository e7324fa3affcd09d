"""WriteFailureReport: what was tuned is shown, also when nothing came of it."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.aws import tuning_jobs
from tuning.aws.run_folder import RunFolder
from tuning.handlers.write_failure_report import handler
from tuning.trials.trials import Trial, TuningJob
from tuning.variables.cost import Cost
from tuning.variables.explanation import Explanation
from tuning.variables.failed_state import FailedState
from tuning.variables.plan import Plan
from tuning.variables.progress import Progress
from tuning.variables.run_cost import RunCost

from tests.tuning.account import Account
from tests.tuning.lambda_context import CONTEXT
from tests.tuning.plans import EXECUTION, make_plan
from tests.tuning.recorded import trial_summary, tuning_job
from tests.tuning.variables import proven_verdict

PLAN = make_plan()
START = PLAN.tuning_job["HyperParameterTuningJobName"]  # with which the execution's names begin
FOLDER = PLAN.report.prefix
REASON = "RunTuning: No training job succeeded.\nWhat to do: mend the <label>."
TRIALS_REASON = "AlgorithmError: label must be in [0,1]"
COST = RunCost(billable_seconds={"ml.m5.large": 36}, cost=Cost(unknown="there is no price"))


@pytest.fixture(autouse=True)
def tuned(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The tuning job by what its name begins with; each of its training jobs failed."""
    jobs = {START: f"{START}-00"}
    trials = [Trial.parse(trial_summary(n, FailureReason=TRIALS_REASON)) for n in (1, 2)]
    job = TuningJob.parse(tuning_job(HyperParameterTuningJobStatus="Failed"))
    monkeypatch.setattr(tuning_jobs, "latest_of_execution", jobs.get)
    monkeypatch.setattr(tuning_jobs, "read_tuning_job", lambda name: {f"{START}-00": job}[name])
    monkeypatch.setattr(tuning_jobs, "read_trials", lambda name, secrets: trials)
    return jobs


def write(plan: Plan | None = PLAN) -> dict[str, Any]:
    failure = FailedState(state="RunTuning", error="States.TaskFailed", cause="all failed")
    progress = Progress(execution_id=EXECUTION.id, failure=failure, plan=plan)
    explained = Explanation(outcome="NoTrialSucceeded", reason=REASON, cost=COST)
    event = {"Progress": progress.to_document(), "Explained": explained.to_document()}
    return dict(handler(event, CONTEXT))


def written(account: Account) -> dict[str, str]:
    """The objects of the data bucket, the execution's folder left out of their names."""
    s3 = account.client("s3")
    listed = s3.list_objects_v2(Bucket=account.bucket).get("Contents", [])
    keys = [entry["Key"] for entry in listed]
    return {
        key.removeprefix(FOLDER): s3.get_object(Bucket=account.bucket, Key=key)["Body"]
        .read()
        .decode()
        for key in keys
    }


def test_report_says_how_the_execution_ended_and_why_its_jobs_failed(account: Account) -> None:
    assert write() == {"Report": f"s3://{account.bucket}/{FOLDER}report.html"}
    page = written(account)["report.html"]
    assert "NoTrialSucceeded" in page
    assert "What to do: mend the &lt;label&gt;." in page
    assert TRIALS_REASON in page
    assert "36 billable seconds" in page


def test_verdict_stands_in_the_report_where_the_execution_had_come_to_one(
    account: Account,
) -> None:
    write()
    assert "Candidate and champion" not in written(account)["report.html"]
    verdict = proven_verdict(reason="AUC 0.8 against 0.7 of the champion.")
    RunFolder.of(PLAN).write("verdict.json", verdict.to_document())
    write()
    page = written(account)["report.html"]
    assert verdict.reason in page
    assert f"On {verdict.rows:,} held-out rows it has {verdict.metric_name}" in page


def test_files_for_programs_lie_beside_it_and_none_that_makes_an_outcome_stand(
    account: Account,
) -> None:
    write()
    files = written(account)
    assert files.keys() == {"report.html", "report.json", "trials.csv", "trials.json"}
    assert files["trials.csv"].count(TRIALS_REASON) == 2


def test_earlier_winner_that_could_not_be_trained_again_is_shown_among_its_trials(
    account: Account, tuned: dict[str, str]
) -> None:
    earlier = tuned.pop(START)
    assert write(PLAN.model_copy(update={"earlier_tuning_job": earlier}))
    assert "report.html" in written(account)


def test_execution_that_has_tuned_nothing_has_no_report(
    account: Account, tuned: dict[str, str]
) -> None:
    tuned.clear()
    assert write() == {}
    assert write(plan=None) == {}
    assert written(account) == {}
