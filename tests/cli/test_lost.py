"""What a deployment would take away is said before it does."""

import json
from typing import Any

import pytest

from retune.deployment.lost import lost


def schedule(name: str, state: str = "ENABLED", **document: Any) -> dict[str, Any]:
    said = {"ModelName": name, "Endpoint": {"EndpointName": f"retune-{name}"}, **document}
    target = {"Input": json.dumps(said)}
    properties = {"Name": f"retune-{name}", "State": state, "Target": target}
    return {"Type": "AWS::Scheduler::Schedule", "Properties": properties}


def subscription(address: str) -> dict[str, Any]:
    return {"Type": "AWS::SNS::Subscription", "Properties": {"Endpoint": address}}


def plan_tuning(role: Any = None, bucket: Any = None) -> dict[str, Any]:
    variables = {
        "TRAINING_ROLE_ARN": role or {"Fn::GetAtt": ["TrainingRole", "Arn"]},
        "BUCKET": bucket or {"Ref": "DataBucket"},
    }
    properties = {"FunctionName": "retune-PlanTuning", "Environment": {"Variables": variables}}
    return {"Type": "AWS::Lambda::Function", "Properties": properties}


def role(boundary: str | None) -> dict[str, Any]:
    properties = {"PermissionsBoundary": boundary} if boundary else {}
    return {"Type": "AWS::IAM::Role", "Properties": properties}


def bucket(policy: str) -> dict[str, Any]:
    return {"Type": "AWS::S3::Bucket", "DeletionPolicy": policy}


def arrivals(name: str) -> dict[str, Any]:
    told = f'{{"Model": {{"ModelName": "{name}", "QuietInSeconds": 300}}, "Key": <key>}}'
    targets = [{"InputTransformer": {"InputTemplate": told}}]
    return {"Type": "AWS::Events::Rule", "Properties": {"Targets": targets}}


SWEEP = {
    "Type": "AWS::Scheduler::Schedule",
    "Properties": {"Name": "retune-sweep", "State": "ENABLED", "Target": {"Arn": "sweep"}},
}
OTHER = {
    "Type": "AWS::Scheduler::Schedule",
    "Properties": {"Name": "retune", "State": "ENABLED", "Target": {"Input": "{}"}},
}
ARN = "arn:aws:iam::123456789012:role/mine"


def template(*resources: dict[str, Any]) -> dict[str, Any]:
    return {"Resources": {f"r{number}": each for number, each in enumerate((SWEEP, *resources))}}


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (
            schedule("bank"),
            schedule("bank", "DISABLED"),
            "turns the schedule of the model bank off.",
        ),
        (
            schedule("bank", "DISABLED"),
            schedule("churn"),
            "removes the model bank: its schedule and alarms. Its endpoint retune-bank stays",
        ),
        (
            schedule("bank", TrainingRoleArn=ARN),
            schedule("bank"),
            f"replaces the role {ARN} of the model bank by that of the stack.",
        ),
        (OTHER, SWEEP, "removes the schedule retune."),
        (
            subscription("ml@example.com"),
            subscription("other@example.com"),
            "stops telling ml@example.com how executions end.",
        ),
        (
            plan_tuning(),
            plan_tuning(role=ARN),
            f"replaces the training role that the stack makes by {ARN}.",
        ),
        (
            plan_tuning(),
            plan_tuning(bucket="lake"),
            "replaces the data bucket that the stack makes by lake.",
        ),
        (bucket("Retain"), bucket("Delete"), "lets the data bucket go with the stack"),
        (role("policy"), role(None), "takes the permissions boundary policy from all roles."),
    ],
    ids=[
        *("schedule off", "model removed", "role of a model", "another schedule", "address"),
        *("training role", "bucket", "bucket not kept", "boundary"),
    ],
)
def test_every_loss_is_a_sentence(before: Any, after: Any, words: str) -> None:
    (loss,) = lost(template(before), template(after))
    assert loss.startswith(words)


def shared(name: str) -> dict[str, Any]:
    return schedule(name) | {"Type": "Retune::SharedModel"}


def test_models_that_share_a_schedule_from_now_on_lose_their_alarms_and_nothing_else() -> None:
    (loss,) = lost(
        template(schedule("bank"), schedule("churn")), template(shared("bank"), shared("churn"))
    )
    assert loss.startswith("takes their own schedules and alarms from 2 models")


def test_model_that_shared_a_schedule_is_missed_like_any_other() -> None:
    (loss,) = lost(template(shared("bank"), shared("churn")), template(shared("bank")))
    assert loss.startswith("removes the model churn")


def test_model_that_data_start_no_more_is_a_loss_unless_it_goes_whole() -> None:
    before = template(schedule("bank"), arrivals("bank"), schedule("churn"), arrivals("churn"))
    after = template(schedule("bank"), schedule("churn"), arrivals("churn"))
    assert lost(before, after) == ["stops starting the model bank when its data arrive."]
    (removed,) = lost(before, template(schedule("bank"), arrivals("bank")))
    assert removed.startswith("removes the model churn")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (schedule("bank", "DISABLED"), schedule("bank")),
        (schedule("bank"), schedule("bank", RandomSeed=7)),
        (subscription("ml@example.com"), subscription("ml@example.com")),
        (plan_tuning(), plan_tuning()),
        (bucket("Delete"), bucket("Retain")),
        (role(None), role("policy")),
    ],
    ids=["schedule on", "another search", "address", "nothing", "bucket kept", "boundary"],
)
def test_what_is_added_or_changed_is_no_loss(before: Any, after: Any) -> None:
    assert lost(template(before), template(after, schedule("more"))) == []


def test_first_deployment_loses_nothing() -> None:
    assert lost({}, template()) == []
