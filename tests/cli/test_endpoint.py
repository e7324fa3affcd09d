"""`retune endpoint`: what serves is told, and nothing of anybody else's is deleted."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tuning.aws.endpoint_folder import EndpointFolder

from retune.commands import endpoint as command
from retune.endpoints import serving
from retune.endpoints.serving import read_serving
from retune.errors import InputError, UnavailableError
from retune.output.listed import Format
from tests.cli.test_left_by_stack import STACK, serve
from tests.tuning.account import Account
from tests.tuning.conftest import account  # noqa: F401 - a fixture
from tests.tuning.plans import EXECUTION


@pytest.fixture(autouse=True)
def stack(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    """Of the account, and prices of ours."""
    monkeypatch.setattr(command, "Aws", lambda: account)
    monkeypatch.setattr(command, "find_stack", lambda aws, name: STACK)
    monkeypatch.setattr(command, "endpoint_named", lambda stack, name: name)
    monkeypatch.setattr(EndpointFolder, "running", lambda folder: None)
    table: dict[str, Any] = {"Currency": "USD", "Published": "2026-11-01"}
    table["Hosting"] = {"ml.m5.large": 0.1}
    monkeypatch.setattr("tuning.prices.price_list._table", lambda: {EXECUTION.region: table})


def names(account: Account) -> list[str]:  # noqa: F811
    listed = account.client("sagemaker").list_endpoints()["Endpoints"]
    return [each["EndpointName"] for each in listed]


def test_what_serves_is_told_with_instances_and_price(
    account: Account,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    serve(account, "retune-bank", "retune", "ml.m5.large")
    command.status("retune-bank")
    said = capsys.readouterr().out
    for line in ("Endpoint: retune-bank", "Status: InService", "Instances: 2 ml.m5.large"):
        assert line in said.splitlines()
    assert "Costs: 146.00 USD a month, by" in said
    command.status("retune-bank", Format.JSON)
    told = json.loads(capsys.readouterr().out)
    assert (told["EndpointConfigName"], told["CostOfAMonth"]["Amount"]) == ("retune-bank", 146.0)


def test_why_an_endpoint_failed_is_told_without_rows_and_secrets(
    account: Account,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    serve(account, "retune-bank", "retune", "ml.m5.large")
    reason = "login with correct-horse failed at row 39,1,Smith"

    def describe(operation: str, **name: str) -> dict[str, Any]:
        described = getattr(account.client("sagemaker"), operation)(**name)
        if operation == "describe_endpoint":
            described["FailureReason"] = reason
        if operation == "describe_model":
            described["PrimaryContainer"]["Environment"] = {"PASSWORD": "correct-horse"}
        return dict(described)

    monkeypatch.setattr(serving, "describe", describe)
    failure = read_serving(STACK, "retune-bank").failure
    assert failure is not None
    assert failure.startswith("login with (not shown)")
    assert "Smith" not in failure


def test_endpoint_that_is_not_there_is_told_with_what_makes_it() -> None:
    with pytest.raises(
        UnavailableError, match=r"There is no endpoint 'retune-x'.*`retune start --watch`"
    ):
        read_serving(STACK, "retune-x")


def test_endpoint_of_somebody_else_is_not_deleted(account: Account) -> None:  # noqa: F811
    """Its name begins as ours do; who made it is known by the tag."""
    serve(account, "retune-theirs", "another", "ml.m5.large")
    with pytest.raises(InputError, match=r"has no tag retune:prefix = retune\. Nothing is deleted"):
        command.delete("retune-theirs", yes=True)
    assert names(account) == ["retune-theirs"]


def test_endpoint_that_an_execution_may_deploy_to_is_not_deleted(
    account: Account,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    serve(account, "retune-bank", "retune", "ml.m5.large")
    monkeypatch.setattr(EndpointFolder, "running", lambda folder: "arn:x:monday")
    with pytest.raises(InputError, match=r"The execution monday goes on.*retune stop monday"):
        command.delete("retune-bank", yes=True)
    assert names(account) == ["retune-bank"]


def test_nothing_is_deleted_where_nobody_can_be_asked(
    account: Account,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    serve(account, "retune-bank", "retune", "ml.m5.large")
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(InputError, match="retune endpoint delete retune-bank --yes"):
        command.delete("retune-bank")
    assert names(account) == ["retune-bank"]


def test_own_endpoint_goes_and_it_is_said_what_stays(
    account: Account,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    serve(account, "retune-bank", "retune", "ml.m5.large")
    command.delete("retune-bank", yes=True)
    assert names(account) == []
    told = capsys.readouterr()
    assert told.out == "retune-bank\n"
    assert "The next run that deploys makes it again" in told.err
