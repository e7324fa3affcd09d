"""MeasureModels: a model that nobody looks at is missed when it has no successful run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tuning.aws import objects
from tuning.aws.endpoint_folder import EndpointFolder
from tuning.aws.executions import start_execution
from tuning.handlers import measure_models
from tuning.handlers.measure_models import handler
from tuning.variables.last_run import Fingerprint, LastRun

from tests.tuning.account import Account
from tests.tuning.handlers.deployments import ROLE
from tests.tuning.lambda_context import CONTEXT
from tests.tuning.plans import EXECUTION, make_plan

BANK = {"Endpoint": {"EndpointName": "retune-bank"}}
SHOP = {"Endpoint": {"EndpointName": "retune-shop"}}


@pytest.fixture(autouse=True)
def environment(machine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATE_MACHINE_ARN", machine)


class Clock(datetime):
    """As many days later as a test says."""

    days = 0.0

    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return datetime.now(tz) + timedelta(days=cls.days)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Clock]:
    monkeypatch.setattr(measure_models, "datetime", Clock)
    monkeypatch.setattr(Clock, "days", 0.0)
    return Clock


def schedule(
    account: Account,
    machine: str,
    document: dict[str, Any] | None = None,
    name: str = "retune-bank",
    expression: str = "rate(7 days)",
    state: str = "ENABLED",
) -> None:
    account.client("scheduler").create_schedule(
        Name=name,
        ScheduleExpression=expression,
        State=state,
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={"Arn": machine, "RoleArn": ROLE, "Input": json.dumps(document or {})},
    )


def succeed(endpoint: str) -> None:
    last = LastRun(execution_id="x", outcome="Deployed", fingerprint=Fingerprint(settings="s"))
    EndpointFolder("data-bucket", endpoint).keep_last_run(last)


def measured(account: Account) -> dict[tuple[str, str | None], float]:
    """The metrics of one call, by name and endpoint."""
    handler({}, CONTEXT)
    return dict(sent(account))


def sent(account: Account) -> Iterator[tuple[tuple[str, str | None], float]]:
    cloudwatch = account.client("cloudwatch")
    for metric in cloudwatch.list_metrics(Namespace="Retune/retune")["Metrics"]:
        values = cloudwatch.get_metric_statistics(
            Namespace=metric["Namespace"],
            MetricName=metric["MetricName"],
            Dimensions=metric["Dimensions"],
            StartTime=datetime.now(UTC) - timedelta(days=1),
            EndTime=datetime.now(UTC) + timedelta(days=1),
            Period=86400 * 2,
            Statistics=["Maximum"],
        )["Datapoints"]
        endpoint = metric["Dimensions"][0]["Value"] if metric["Dimensions"] else None
        yield (metric["MetricName"], endpoint), max(value["Maximum"] for value in values)


def test_days_are_counted_from_the_last_run_that_came_to_a_verdict(
    account: Account, machine: str, clock: type[Clock]
) -> None:
    schedule(account, machine, BANK)
    succeed("retune-bank")
    clock.days = 3
    found = measured(account)
    assert found["DaysSinceSuccess", "retune-bank"] == pytest.approx(3, abs=0.01)
    assert found["PeriodsSinceSuccess", None] == pytest.approx(3 / 7, abs=0.01)


def test_model_that_has_never_had_a_verdict_is_counted_from_its_schedule(
    account: Account, machine: str, clock: type[Clock]
) -> None:
    schedule(account, machine, BANK)
    clock.days = 21
    assert measured(account)["PeriodsSinceSuccess", None] == pytest.approx(3, abs=0.01)


def test_model_that_is_skipped_because_nothing_changed_succeeds(
    account: Account, machine: str, clock: type[Clock], monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule(account, machine, BANK)
    clock.days = 21
    skipped = datetime.now(UTC) + timedelta(days=20)
    monkeypatch.setattr(
        objects,
        "written",
        lambda place: skipped if place.key == "endpoints/retune-bank/last-skipped.json" else None,
    )
    assert measured(account)["DaysSinceSuccess", "retune-bank"] == pytest.approx(1, abs=0.01)


def test_worst_model_of_all_is_watched_each_by_its_own_period(
    account: Account, machine: str, clock: type[Clock]
) -> None:
    """Ten days are late for a daily model, and early for a monthly one."""
    schedule(account, machine, BANK, "retune-bank", "rate(1 day)")
    schedule(account, machine, SHOP, "retune-shop", "cron(0 6 1 * ? *)")
    clock.days = 10
    found = measured(account)
    assert found["PeriodsSinceSuccess", None] == pytest.approx(10, abs=0.01)
    assert {name for name, _ in found} == {"DaysSinceSuccess", "PeriodsSinceSuccess", "Failures"}
    assert ("DaysSinceSuccess", "retune-shop") in found


@pytest.mark.parametrize(
    "made",
    [
        {"state": "DISABLED"},
        {"name": "retune-sweep", "machine": "arn:aws:lambda:eu-central-1:123456789012:function:f"},
        {"name": "other"},
    ],
    ids=["turned off", "of a function", "of another app"],
)
def test_only_schedules_that_start_the_workflow_make_a_model(
    account: Account, machine: str, clock: type[Clock], made: dict[str, str]
) -> None:
    """Without a model the alarm ends: the maximum is 0 and not missing."""
    schedule(account, **{"machine": machine, **made})  # type: ignore[arg-type]
    clock.days = 30
    found = measured(account)
    assert {endpoint for _, endpoint in found} == {None}
    assert set(found.values()) == {0}


def test_failures_of_the_last_day_are_counted_for_their_endpoint(
    account: Account, machine: str, clock: type[Clock]
) -> None:
    schedule(account, machine, BANK | {"ModelName": "bank"})
    documents: tuple[Any, ...] = ({}, BANK, {"ModelName": "bank"}, {"ModelName": "é"}, "no object")
    for document in documents:
        start_execution(machine, document)
    stop(account, machine)
    found = measured(account)
    assert (found["Failures", "retune"], found["Failures", "retune-bank"]) == (3, 2)
    assert found["Failures", None] == 3
    clock.days = 2
    assert handler({}, CONTEXT)["Failures"] == {}


def test_failure_of_a_planned_run_counts_for_the_endpoint_of_its_plan(
    account: Account, machine: str
) -> None:
    account.client("stepfunctions").start_execution(
        stateMachineArn=machine, name=EXECUTION.name, input="{}"
    )
    plan = make_plan(SHOP)
    account.put("runs/monday/plan.json", json.dumps(plan.to_document()))
    stop(account, machine)
    assert handler({}, CONTEXT)["Failures"] == {"retune-shop": 1}


def stop(account: Account, machine: str) -> None:
    stepfunctions = account.client("stepfunctions")
    for execution in stepfunctions.list_executions(stateMachineArn=machine)["executions"]:
        stepfunctions.stop_execution(executionArn=execution["executionArn"])


def test_model_that_shares_a_schedule_is_measured_from_its_own_success(
    account: Account, machine: str, clock: type[Clock]
) -> None:
    """The shared schedule changes with each deployment of any model."""
    state = {"TimeZone": "UTC", "State": "ENABLED", "Expression": "rate(2 days)"}
    models = [
        {"Document": {"ModelName": "bank", **BANK}, **state},
        {"Document": {"ModelName": "off", **SHOP}, **state, "State": "DISABLED"},
    ]
    account.put("models-measured.json", json.dumps({"Models": models}))
    succeed("retune-bank")
    account.client("scheduler").create_schedule(
        Name="retune-StartDueModels",
        ScheduleExpression="rate(5 minutes)",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={
            "Arn": f"{machine}-function",
            "RoleArn": ROLE,
            "Input": json.dumps({"Bucket": account.bucket, "Key": "models-measured.json"}),
        },
    )
    clock.days = 4.0
    assert handler({}, CONTEXT)["DaysSinceSuccess"] == {"retune-bank": pytest.approx(4, abs=0.01)}
