"""`retune deploy` of a deployment that would take something away: it says so first, and asks."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.conftest import (
    environment_of,
    outputs_of,
    succeed,
)

PREFIX, ROLE = "asks", "arn:aws:iam::123456789012:role/mine"
LOSSES = (
    "This deployment turns the schedule of the model weekly off.",
    "This deployment stops telling ml@example.com how executions end.",
    f"This deployment replaces the training role {ROLE} by that the stack makes.",
)


@pytest.fixture(scope="module")
def environment(local_aws: Any) -> dict[str, str]:
    return environment_of(local_aws)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    schedule = {"Expression": "rate(7 days)"}
    model = {"Promotion": None, "Schedule": schedule}
    (folder / "weekly.json").write_text(json.dumps(model))
    return folder


@pytest.fixture(scope="module", autouse=True)
def deployed(environment: dict[str, str], models: Path) -> None:
    """With a schedule that is on, an address and a role of one's own."""
    own = {"notification_email": "ml@example.com", "training_role_arn": ROLE}
    succeed(deploy(environment, "--yes", **settings(models), **own))


def test_losses_are_told_and_without_an_answer_nothing_changes(
    environment: dict[str, str], models: Path, local_aws: Any
) -> None:
    before = standing(local_aws)
    refused = deploy(environment, **settings(models), schedules_enabled="false")
    assert refused.returncode == 2, refused.stderr
    told = " ".join(refused.stderr.split())
    assert all(loss in told for loss in LOSSES), refused.stderr
    assert told.endswith("Nothing is deployed. If that is meant: retune deploy --yes")
    assert "cdk deploy" not in told
    assert standing(local_aws) == before
    assert standing(local_aws)["State"] == "ENABLED"


def test_who_means_it_says_yes(environment: dict[str, str], models: Path, local_aws: Any) -> None:
    done = deploy(environment, "--yes", **settings(models), schedules_enabled="false")
    succeed(done)
    told = " ".join(done.stderr.split())
    assert all(loss in told for loss in LOSSES), done.stderr
    assert standing(local_aws)["State"] == "DISABLED"
    assert standing(local_aws)["Subscriptions"] == []


def test_deployment_that_takes_nothing_away_asks_nothing(
    environment: dict[str, str], models: Path
) -> None:
    done = deploy(environment, **settings(models), schedules_enabled="false")
    succeed(done)
    assert "This deployment" not in done.stderr


def settings(models: Path) -> dict[str, str]:
    return {"name_prefix": PREFIX, "models": str(models)}


def deploy(
    environment: dict[str, str], *options: str, **settings: str
) -> subprocess.CompletedProcess[str]:
    """As a machine does it, without a terminal."""
    context = [
        part for name, value in settings.items() for part in ("-c", f"retune:{name}={value}")
    ]
    return subprocess.run(
        ["retune", "deploy", *options, *context],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def standing(local_aws: Any) -> dict[str, Any]:
    """What the deployment could take away, as it stands in the account."""
    schedule = local_aws.client("scheduler").get_schedule(Name=f"{PREFIX}-weekly")
    topic = outputs_of(local_aws.client, PREFIX)["NotificationTopicArn"]
    subscribed = local_aws.client("sns").list_subscriptions_by_topic(TopicArn=topic)
    function = local_aws.client("lambda").get_function_configuration(
        FunctionName=f"{PREFIX}-PlanTuning"
    )
    return {
        "State": schedule["State"],
        "Subscriptions": [each["Endpoint"] for each in subscribed["Subscriptions"]],
        "Role": function["Environment"]["Variables"]["TRAINING_ROLE_ARN"],
    }
