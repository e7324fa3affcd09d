"""CleanUp: what a failed execution has made, and what an endpoint uses by now."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.handlers.clean_up import handler
from tuning.variables.failed_state import FailedState
from tuning.variables.plan import Plan
from tuning.variables.progress import Progress

from tests.tuning.account import Account
from tests.tuning.handlers.deployments import deploy, deployed, make_config, make_model
from tests.tuning.lambda_context import CONTEXT
from tests.tuning.plans import EXECUTION, make_plan

PLAN = make_plan()
START = PLAN.tuning_job["HyperParameterTuningJobName"]  # with which the execution's names begin
NOTHING: dict[str, list[str]] = {"Stopped": [], "Deleted": []}


def clean_up(plan: Plan | None = PLAN, state: str = "VerifyEndpoint") -> dict[str, Any]:
    failure = FailedState(state=state, error="EndpointUnhealthy", cause="NaN")
    progress = Progress(execution_id=EXECUTION.id, failure=failure, plan=plan)
    return handler({"Progress": progress.to_document()}, CONTEXT)


@pytest.mark.usefixtures("machine")
def test_model_and_config_that_no_endpoint_uses_go(account: Account) -> None:
    make_model(account, f"{START}-00-001")
    make_config(account, f"{START}-00-001")
    assert clean_up() == {"Stopped": [], "Deleted": [f"{START}-00-001"] * 2}
    assert deployed(account) == ([], [])


@pytest.mark.usefixtures("machine")
def test_what_an_endpoint_serves_stays(account: Account) -> None:
    deploy(account, f"{START}-00-001", EXECUTION)
    assert clean_up() == NOTHING


@pytest.mark.usefixtures("machine")
def test_what_another_execution_has_made_stays(account: Account) -> None:
    make_model(account, "retune-261124-ffffffff-00-001")
    assert clean_up() == NOTHING


def test_execution_without_a_plan_has_made_nothing(account: Account) -> None:
    assert clean_up(plan=None) == NOTHING


BROUGHT = [f"runs/{EXECUTION.name}/import/{file}" for file in ("model.tar.gz", "package.json")]


def brought(account: Account) -> list[str]:
    listed = account.client("s3").list_objects_v2(Bucket=account.bucket, Prefix="runs/")
    return [each["Key"] for each in listed.get("Contents", ()) if "/import/" in each["Key"]]


def test_model_of_an_import_that_was_refused_goes(account: Account) -> None:
    for key in BROUGHT:
        account.put(key, "x")
    account.put("runs/another/import/model.tar.gz", "x")
    assert clean_up(plan=None, state="PlanTuning") == {"Stopped": [], "Deleted": BROUGHT}
    assert brought(account) == ["runs/another/import/model.tar.gz"]


@pytest.mark.parametrize("state", ["PlanTuning", "DeployEndpoint"])
def test_model_that_may_serve_stays(account: Account, state: str) -> None:
    """By an earlier execution of the name, or since somebody has deleted this one's plan.json."""
    for key in BROUGHT:
        account.put(key, "x")
    if state == "PlanTuning":
        account.put(f"runs/{EXECUTION.name}/plan.json", "{}")
    assert clean_up(plan=None, state=state) == NOTHING
    assert brought(account) == BROUGHT
