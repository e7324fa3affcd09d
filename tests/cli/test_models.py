"""`retune models`: how each deployed model stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from moto import mock_aws
from tuning.aws import clients
from tuning.variables.cost import Cost

from retune.commands.models import _lines
from retune.executions.history import PastRun
from retune.executions.models import DeployedModel, deployed_models
from retune.stack import Stack
from tests.cli.test_history import MACHINE, an_execution

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
STACK = Stack(
    "retune",
    {"StateMachineArn": MACHINE, "EndpointName": "retune", "DataBucketName": "data-bucket"},
)
ROLE = "arn:aws:iam::123456789012:role/scheduler"


class Account:
    """moto's, in one region."""

    def client(self, service: Any) -> Any:
        return boto3.client(service, region_name="eu-west-1")


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[Account]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    clients.client.cache_clear()
    monkeypatch.setattr("retune.executions.models.past_runs", lambda *_: [])
    with mock_aws():
        region = {"LocationConstraint": "eu-west-1"}
        Account().client("s3").create_bucket(Bucket="data-bucket", CreateBucketConfiguration=region)
        yield Account()
    clients.client.cache_clear()


def deploy(account: Account, name: str, *, on: bool = True, starts: str = MACHINE) -> None:
    account.client("scheduler").create_schedule(
        Name=f"retune-{name}",
        ScheduleExpression="cron(0 6 ? * MON *)",
        State="ENABLED" if on else "DISABLED",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={
            "Arn": starts,
            "RoleArn": ROLE,
            "Input": f'{{"ModelName": "{name}", "Endpoint": {{"EndpointName": "ml-{name}"}}}}',
        },
    )


def shown(account: Any) -> list[DeployedModel]:
    return deployed_models(account, STACK, NOW)


def test_models_are_shown_by_name_and_other_schedules_are_not(account: Account) -> None:
    deploy(account, "churn")
    deploy(account, "bank")
    deploy(account, "sweep", starts="arn:aws:lambda:eu-west-1:123456789012:function:sweep")
    assert [model.name for model in shown(account)] == ["bank", "churn"]


def test_next_run_is_that_of_a_schedule_that_is_on(account: Account) -> None:
    deploy(account, "bank")
    deploy(account, "churn", on=False)
    bank, churn = shown(account)
    assert bank.next_run == datetime(2026, 11, 30, 6, tzinfo=UTC)  # a Monday
    assert churn.next_run is None


def test_models_that_share_a_schedule_are_shown_as_others_are(account: Account) -> None:
    models = [
        {
            "Document": {"ModelName": name, "Endpoint": {"EndpointName": f"ml-{name}"}},
            "Expression": "cron(0 6 ? * MON *)",
            "TimeZone": "UTC",
            "State": state,
        }
        for name, state in (("bank", "ENABLED"), ("churn", "DISABLED"))
    ]
    body = json.dumps({"Models": models}).encode()
    account.client("s3").put_object(Bucket="data-bucket", Key="assets/1.json", Body=body)
    account.client("scheduler").create_schedule(
        Name="retune-StartDueModels",
        ScheduleExpression="rate(5 minutes)",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={
            "Arn": "arn:aws:lambda:eu-west-1:123456789012:function:retune-StartDueModels",
            "RoleArn": ROLE,
            "Input": '{"Bucket": "data-bucket", "Key": "assets/1.json"}',
        },
    )
    bank, churn = shown(account)
    assert (bank.name, bank.endpoint_name, bank.schedule) == (
        "bank",
        "ml-bank",
        "cron(0 6 ? * MON *)",
    )
    assert bank.next_run == datetime(2026, 11, 30, 6, tzinfo=UTC)
    assert churn.next_run is None


def test_model_that_never_ran_has_no_champion_and_has_cost_nothing(account: Account) -> None:
    deploy(account, "bank")
    (bank,) = shown(account)
    assert (bank.champion, bank.last_run, bank.score) == (None, None, None)
    assert bank.this_month.amount == 0


def test_score_is_the_champions_at_the_last_comparison(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    verdict = {"Candidate": {"Score": 0.79}, "Champion": {"Score": 0.78}}
    kept = {"Outcome": "KeptChampion", "Verdict": verdict}
    ended = [
        an_execution("failed", status="FAILED", error="Throttled"),
        an_execution("kept", output=kept),
        an_execution("deployed", output=kept | {"Outcome": "Deployed"}),
    ]
    runs = [PastRun(execution, "ml-bank") for execution in ended]
    monkeypatch.setattr("retune.executions.models.past_runs", lambda *_: runs)
    deploy(account, "bank")
    (bank,) = shown(account)
    assert (bank.champion, bank.score) == (None, None)  # its endpoint has been deleted
    monkeypatch.setattr(
        "retune.executions.models._endpoint", lambda *_: {"EndpointConfigName": "best"}
    )
    (bank,) = shown(account)
    assert bank.last_run is not None
    assert (bank.last_run.outcome, bank.score) == ("Throttled", 0.78)
    monkeypatch.setattr("retune.executions.models.past_runs", lambda *_: runs[2:])
    (bank,) = shown(account)
    assert bank.score == 0.79


def test_score_of_an_imported_model_is_its_own_and_not_that_of_the_one_before(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    verdict = {"Candidate": {"Score": 0.79}}
    ended = [
        an_execution("imported", output={"Outcome": "Imported", "Score": 0.83}),
        an_execution("deployed", output={"Outcome": "Deployed", "Verdict": verdict}),
    ]
    runs = [PastRun(execution, "ml-bank") for execution in ended]
    monkeypatch.setattr("retune.executions.models.past_runs", lambda *_: runs)
    monkeypatch.setattr(
        "retune.executions.models._endpoint", lambda *_: {"EndpointConfigName": "brought"}
    )
    deploy(account, "bank")
    (bank,) = shown(account)
    assert bank.score == 0.83


def test_json_has_everything_for_programs(account: Account) -> None:
    deploy(account, "bank")
    (bank,) = shown(account)
    document = bank.as_document()
    assert document["ModelName"] == "bank"
    assert document["NextRun"] == (NOW + timedelta(days=1, hours=18)).isoformat()


def test_on_a_terminal_the_champions_name_is_whole_and_80_columns_are_enough() -> None:
    champion = "retune-261129-31afc983-00-018-79a63e65"
    model = DeployedModel(
        name="bank",
        owner=None,
        endpoint_name="retune-bank",
        schedule="rate(7 days)",
        next_run=None,
        champion=champion,
        since=datetime(2026, 11, 28, tzinfo=UTC),
        last_run=None,
        score=0.7981,
        this_month=Cost(amount=0.0043, currency="USD"),
    )
    lines = _lines(model, datetime(2026, 11, 30, tzinfo=UTC), 80).splitlines()
    assert lines[0] == f"bank  {champion}"
    assert max(map(len, lines)) <= 80
    said = " ".join(" ".join(lines[1:]).split())
    assert said == "score 0.79810, age 2 d, last run never, next run off, this month 0.0043 USD"
