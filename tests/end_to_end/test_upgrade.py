"""This release over an earlier one: what has state stays, and what served and was due goes on."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end import earlier_release
from tests.end_to_end.conftest import (
    Deployment,
    environment_of,
    outputs_of,
    succeed,
)
from tests.end_to_end.earlier_release import ENDPOINT, PREFIX, WEEKLY
from tests.end_to_end.rollout import serving, tiny

# Made anew, each is another one: data, subscriptions, history and logs would be gone, and models
# that serve would have lost their role.
KEEP_STATE = (
    "AWS::IAM::Role",
    "AWS::KMS::Key",
    "AWS::Logs::LogGroup",
    "AWS::S3::Bucket",
    "AWS::SNS::Topic",
    "AWS::SNS::Subscription",
    "AWS::StepFunctions::StateMachine",
)
LOGS = f"/aws/lambda/{PREFIX}-PlanTuning"


@dataclass(frozen=True)
class Upgrade:
    """The physical ids before and after, by logical ids, and what is deployed now."""

    before: dict[str, str]
    after: dict[str, str]
    template: dict[str, Any]
    champion: str  # what served before
    deployment: Deployment
    said: str


@pytest.fixture(scope="module", params=["9e33e94", "c7b72ad"])
def upgrade(
    request: pytest.FixtureRequest, local_aws: Any, tmp_path_factory: Any
) -> Iterator[Upgrade]:
    folder, client = tmp_path_factory.mktemp("upgrade"), local_aws.client
    environment = environment_of(local_aws)
    template = earlier_release.template_of(request.param)
    champion = f"{PREFIX}-261101-{request.param}0-00-001-5e6f7a8b"
    earlier_release.deploy(client, template)
    before, outputs = physical_ids(client), outputs_of(client, PREFIX)
    role = client("iam").get_role(RoleName=before["TrainingRoleAA3C7BE5"])["Role"]["Arn"]
    earlier_release.serve(client, outputs["DataBucketName"], role, champion)
    earlier_release.write_log(client, LOGS)
    (folder / "weekly.json").write_text(json.dumps(WEEKLY))
    said = deploy_this_release(environment, folder)
    now = Deployment(client, environment, outputs_of(client, PREFIX), folder)
    yield Upgrade(before, physical_ids(client), template, champion, now, said)
    earlier_release.remove(client)


def test_nothing_with_a_state_is_replaced(upgrade: Upgrade) -> None:
    replaced = {
        logical_id: (kept, upgrade.after[logical_id])
        for logical_id, kept in upgrade.before.items()
        if upgrade.template["Resources"][logical_id]["Type"] in KEEP_STATE
        and upgrade.after.get(logical_id, kept) != kept
    }
    assert replaced == {}


def test_data_subscription_and_logs_are_there(upgrade: Upgrade) -> None:
    client, outputs = upgrade.deployment.client, upgrade.deployment.outputs
    listed = client("s3").list_objects_v2(Bucket=outputs["DataBucketName"], Prefix="runs/november/")
    assert listed["KeyCount"] == 1
    told = client("sns").list_subscriptions_by_topic(TopicArn=outputs["NotificationTopicArn"])
    assert [each["Endpoint"] for each in told["Subscriptions"]] == ["ml@example.com"]
    logged = client("logs").get_log_events(logGroupName=LOGS, logStreamName="november")
    assert [each["message"] for each in logged["events"]] == ["of the earlier release"]


def test_schedule_of_before_is_a_models_and_its_loss_is_told(upgrade: Upgrade) -> None:
    listed = upgrade.deployment.client("scheduler").list_schedules(NamePrefix=PREFIX)["Schedules"]
    states = {each["Name"]: each["State"] for each in listed}
    assert states[f"{PREFIX}-weekly"] == "ENABLED"
    had_its_own = "RetuneSchedule23B07212" in upgrade.template["Resources"]
    assert (f"This deployment removes the schedule {PREFIX}." in upgrade.said) == had_its_own


def test_endpoint_serves_and_takes_the_next_model(upgrade: Upgrade) -> None:
    assert serving(upgrade.deployment, ENDPOINT) == upgrade.champion
    ended = upgrade.deployment.run(tiny(ENDPOINT, Promotion=None))
    assert json.loads(ended["output"])["Outcome"] == "Deployed", ended
    assert serving(upgrade.deployment, ENDPOINT) != upgrade.champion


def deploy_this_release(environment: dict[str, str], models: Path) -> str:
    """What `retune deploy` tells."""
    settings = {
        "name_prefix": PREFIX,
        "models": models,
        "notification_email": "ml@example.com",
    }
    context = [
        part for name, value in settings.items() for part in ("-c", f"retune:{name}={value}")
    ]
    done = subprocess.run(
        ["retune", "deploy", "--yes", *context],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    succeed(done)
    return done.stderr


def physical_ids(client: Any) -> dict[str, str]:
    pages = client("cloudformation").get_paginator("list_stack_resources")
    return {
        each["LogicalResourceId"]: each["PhysicalResourceId"]
        for page in pages.paginate(StackName=PREFIX)
        for each in page["StackResourceSummaries"]
        if each["ResourceStatus"] != "DELETE_COMPLETE"
    }
