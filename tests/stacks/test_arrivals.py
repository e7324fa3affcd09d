"""New data start a model: one rule more for each, and what they share."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from aws_cdk.assertions import Template

from tests.stacks.policies import as_list, statements
from tests.stacks.test_models import resources, synthesized

CHANNELS = {
    "train": "s3://lake/churn/train/",
    "validation": "s3://lake/churn/validation/",
    "test": "s3://other-lake/churn/test/",
}
BANK: dict[str, Any] = {"ModelName": "bank", "Arrivals": {"QuietInSeconds": 60}}
CHURN = {"ModelName": "churn", "Arrivals": {}, "Channels": CHANNELS}
ROLE = "FunctionsStartOnArrivalRole"


@pytest.fixture(scope="module")
def of_two() -> Template:
    return synthesized(BANK, CHURN)


def rules(template: Template) -> dict[str, Any]:
    """The properties of the rules of models, by name."""
    found = template.find_resources("AWS::Events::Rule").values()
    properties = [rule["Properties"] for rule in found]
    return {each["Name"]: each for each in properties if "retune." in each.get("Name", "")}


def test_a_model_costs_a_rule_and_no_function_role_or_permission(of_two: Template) -> None:
    none, one, two = (
        Counter(resource["Type"] for resource in resources(template).values())
        for template in (
            synthesized({"ModelName": "bank"}, {"ModelName": "churn"}),
            synthesized(BANK, {"ModelName": "churn"}),
            of_two,
        )
    )
    assert two - one == {"AWS::Events::Rule": 1}
    assert (one - none)["AWS::Lambda::Function"] == 1
    assert not none - one


@pytest.mark.parametrize(
    ("model", "settings"), [({"ModelName": "bank"}, {}), (BANK, {"schedules_enabled": False})]
)
def test_nothing_of_it_is_deployed_that_nobody_asked_for(model: Any, settings: Any) -> None:
    template = synthesized(model, **settings)
    template.resource_count_is("AWS::Scheduler::ScheduleGroup", 0)
    assert not rules(template)
    assert "StartOnArrival" not in json.dumps(template.to_json())
    (bucket,) = template.find_resources("AWS::S3::Bucket").values()
    assert "NotificationConfiguration" not in bucket["Properties"]


def test_rule_hears_of_new_objects_in_each_channel_of_its_model(of_two: Template) -> None:
    churn = rules(of_two)["retune.churn"]
    assert churn["EventPattern"]["source"] == ["aws.s3"]
    assert churn["EventPattern"]["detail-type"] == ["Object Created"]
    lake = [{"prefix": "churn/train/"}, {"prefix": "churn/validation/"}]
    assert churn["EventPattern"]["detail"] == {
        "$or": [
            {"bucket": {"name": ["other-lake"]}, "object": {"key": [{"prefix": "churn/test/"}]}},
            {"bucket": {"name": ["lake"]}, "object": {"key": lake}},
        ]
    }


def test_model_without_channels_has_those_of_the_data_bucket_which_tells_of_them(
    of_two: Template,
) -> None:
    ((data_bucket, bucket),) = of_two.find_resources("AWS::S3::Bucket").items()
    assert rules(of_two)["retune.bank"]["EventPattern"]["detail"] == {
        "bucket": {"name": [{"Ref": data_bucket}]},
        "object": {
            "key": [{"prefix": f"data/{name}/"} for name in ("test", "train", "validation")]
        },
    }
    told = bucket["Properties"]["NotificationConfiguration"]
    assert told == {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}


def test_function_gets_the_model_and_the_object_and_the_queue_what_fails(of_two: Template) -> None:
    (target,) = rules(of_two)["retune.bank"]["Targets"]
    template = target["InputTransformer"]["InputTemplate"]
    filled = template.replace("<bucket>", '"lake"').replace("<key>", '"data/a.csv"')
    filled = filled.replace("<time>", '"2026-11-29T12:00:00Z"')
    assert json.loads(filled) == {
        "Model": {
            "ModelName": "bank",
            "EndpointName": "retune-bank",
            "QuietInSeconds": 60,
            "MaxWaitInSeconds": 720,
        },
        "Bucket": "lake",
        "Key": "data/a.csv",
        "Time": "2026-11-29T12:00:00Z",
    }
    assert target["DeadLetterConfig"]


def test_function_may_keep_the_groups_schedules_and_start_this_workflow_alone(
    of_two: Template,
) -> None:
    allowed = {
        action: json.dumps(statement["Resource"])
        for statement in statements(resources(of_two), ROLE)
        for action in as_list(statement["Action"])
    }
    for verb in ("Get", "Create", "Update", "Delete"):
        assert "schedule/retune-arrivals/*" in allowed[f"scheduler:{verb}Schedule"]
    assert "stateMachine:retune" in allowed["states:StartExecution"]
    assert "endpoints/*/running.json" in allowed["s3:GetObject"]
    assert "ArrivalsRole" in allowed["iam:PassRole"]
    assert not {"s3:PutObject", "sns:Publish", "events:PutRule"} & set(allowed)


def test_only_rules_of_models_may_call_it(of_two: Template) -> None:
    permissions = of_two.find_resources("AWS::Lambda::Permission").values()
    (ours,) = [
        each["Properties"]
        for each in permissions
        if "StartOnArrival" in json.dumps(each["Properties"]["FunctionName"])
    ]
    assert "rule/retune.*" in json.dumps(ours["SourceArn"])
    assert ours["Principal"] == "events.amazonaws.com"
