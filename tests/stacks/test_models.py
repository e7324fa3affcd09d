"""A model is a schedule and its endpoint's alarms; everything else is shared."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App
from aws_cdk.assertions import Match, Template
from tuning.checks.check_input import check_input

from configuration.faults import ConfigurationError
from configuration.settings import MOST_SCHEDULES, Settings
from stacks.retune_stack import RetuneStack
from tests.stacks.policies import as_list, statements

pytestmark = pytest.mark.slow  # a synth in each test

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))
WEEKLY = {"Expression": "cron(0 6 ? * MON *)", "TimeZone": "Europe/Berlin"}
ROLE = "arn:aws:iam::123456789012:role/bank-training"
SHARED = ("AWS::IAM::ManagedPolicy", "AWS::IAM::Role", "AWS::SQS::QueuePolicy")
BANK: dict[str, Any] = {"ModelName": "bank", "RandomSeed": 7, "Schedule": WEEKLY}


def synthesized(*models: Any, **settings: Any) -> Template:
    chosen = Settings.parse(settings)
    return Template.from_stack(RetuneStack(App(), "retune", settings=chosen, models=models))


def resources(template: Template) -> dict[str, Any]:
    return dict(template.to_json()["Resources"])


def schedules(template: Template) -> dict[str, Any]:
    """Properties of the schedules of models, by name."""
    found = template.find_resources("AWS::Scheduler::Schedule").values()
    properties = [resource["Properties"] for resource in found]
    functions = {"retune-sweep", "retune-MeasureModels"}  # that these call, instead of a model
    return {each["Name"]: each for each in properties if each["Name"] not in functions}


@pytest.fixture(scope="module")
def of_one() -> Template:
    return synthesized(BANK)


def test_a_model_costs_a_schedule_and_two_alarms_and_no_function_role_or_queue(
    of_one: Template,
) -> None:
    of_three = synthesized(BANK, {"ModelName": "churn"}, {"ModelName": "fraud", "Owner": "risk"})
    one, three = (
        Counter(resource["Type"] for resource in resources(template).values())
        for template in (of_one, of_three)
    )
    assert three - one == {"AWS::Scheduler::Schedule": 2, "AWS::CloudWatch::Alarm": 4}
    assert not one - three


def test_roles_and_queues_do_not_grow_with_the_models(of_one: Template) -> None:
    of_two = resources(synthesized(BANK, {"ModelName": "churn"}))
    for name, resource in resources(of_one).items():
        if resource["Type"] in (
            "AWS::IAM::ManagedPolicy",
            "AWS::IAM::Role",
            "AWS::SQS::QueuePolicy",
        ):
            assert of_two[name] == resource, name


def test_schedule_has_the_models_whole_document_and_a_dead_letter_queue(of_one: Template) -> None:
    of_one.has_resource_properties(
        "AWS::Scheduler::Schedule",
        {
            "Name": "retune-bank",
            "State": "ENABLED",
            "ScheduleExpression": WEEKLY["Expression"],
            "ScheduleExpressionTimezone": WEEKLY["TimeZone"],
            "Target": Match.object_like(
                {
                    "RetryPolicy": {"MaximumEventAgeInSeconds": 3600, "MaximumRetryAttempts": 5},
                    "DeadLetterConfig": Match.any_value(),
                }
            ),
        },
    )
    assert json.loads(schedules(of_one)["retune-bank"]["Target"]["Input"]) == {
        "ModelName": "bank",
        "RetuneWhen": "DataChanged",
        "WarmStartConfig": {"ParentHyperParameterTuningJobs": "Auto"},
        "RandomSeed": 7,
        "Endpoint": {"EndpointName": "retune-bank"},
    }


def test_alarms_watch_the_endpoint_of_the_model(of_one: Template) -> None:
    for name in ("retune-bank-5xx", "retune-bank-latency"):
        dimension = {"Name": "EndpointName", "Value": "retune-bank"}
        of_one.has_resource_properties(
            "AWS::CloudWatch::Alarm",
            {"AlarmName": name, "Dimensions": Match.array_with([dimension])},
        )


@pytest.mark.parametrize(
    ("model", "settings"),
    [
        ({"ModelName": "bank"}, {}),
        (BANK | {"Schedule": WEEKLY | {"State": "DISABLED"}}, {}),
        (BANK, {"schedules_enabled": False}),
    ],
    ids=["without a schedule", "disabled", "of an environment without schedules"],
)
def test_schedule_is_turned_off(model: Any, settings: Any) -> None:
    assert schedules(synthesized(model, **settings))["retune-bank"]["State"] == "DISABLED"


def test_no_schedule_has_an_input_that_would_be_refused() -> None:
    """As a document, and as what is read for a run that names the model."""
    models = [
        {"ModelName": path.stem.replace("_", "-"), **json.loads(path.read_text())}
        for path in EXAMPLES
    ]
    inputs = [
        json.loads(each["Target"]["Input"]) for each in schedules(synthesized(*models)).values()
    ]
    assert len(inputs) == len(EXAMPLES)
    for document in inputs:
        for said in ({}, {"ModelName": document["ModelName"]}, document):
            check_input(said, name_prefix="retune", defaults=document)


def test_plan_tuning_may_read_the_schedules_of_the_prefix(of_one: Template) -> None:
    (read,) = (
        statement
        for statement in statements(resources(of_one), "FunctionsPlanTuning")
        if "scheduler:GetSchedule" in as_list(statement["Action"])
    )
    assert "schedule/default/retune-*" in json.dumps(read["Resource"])


def test_role_that_a_model_brings_may_be_passed_to_sagemaker_beside_the_deployments() -> None:
    found = resources(synthesized(BANK | {"TrainingRoleArn": ROLE}))
    for role in ("WorkflowRole", "FunctionsCreateModel"):
        (passed,) = (s for s in statements(found, role) if "iam:PassRole" in as_list(s["Action"]))
        own, brought = passed["Resource"]
        assert own["Fn::GetAtt"][0].startswith("TrainingRole")
        assert brought == ROLE


def test_models_that_share_an_endpoint_are_refused() -> None:
    other = {"ModelName": "churn", "Endpoint": {"EndpointName": "retune-BANK"}}
    with pytest.raises(
        ConfigurationError, match=r"(?s)Endpoint.EndpointName = 'retune-BANK'.*bank"
    ):
        synthesized(BANK, other)


def test_a_stack_holds_as_many_models_as_the_document_says() -> None:
    """CloudFormation takes 500 resources and a megabyte."""
    text = (Path(__file__).parents[2] / "docs" / "models.md").read_text()
    assert f"More than {MOST_SCHEDULES} models" in text
    document = json.loads(EXAMPLES[0].read_text())
    found = synthesized(
        *({**document, "ModelName": f"m{n}"} for n in range(MOST_SCHEDULES))
    ).to_json()
    assert len(found["Resources"]) <= 500
    assert len(json.dumps(found, indent=1).encode()) <= 1024 * 1024
