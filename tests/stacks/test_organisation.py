"""What an organisation has already, or asks for, takes the place of what would be made."""

import json
from typing import Any

import pytest
from aws_cdk import App
from aws_cdk.assertions import Template

from configuration.settings import Settings
from stacks.retune_stack import RetuneStack
from tests.stacks.policies import as_list, statements

pytestmark = pytest.mark.slow  # a synth in each test

ROLE = "arn:aws:iam::123456789012:role/training"
BOUNDARY = "arn:aws:iam::123456789012:policy/boundary"


def synthesized(**settings: Any) -> dict[str, Any]:
    stack = RetuneStack(App(), "retune", settings=Settings.parse(settings))
    return dict(Template.from_stack(stack).to_json())


def test_bucket_that_is_there_is_used_and_none_is_made() -> None:
    template = synthesized(data_bucket="lake-of-ours")
    kinds = {resource["Type"] for resource in template["Resources"].values()}
    assert "AWS::S3::Bucket" not in kinds
    assert template["Outputs"]["DataBucketName"]["Value"] == "lake-of-ours"
    assert "s3:::lake-of-ours/runs/*" in json.dumps(
        statements(template["Resources"], "FunctionsRegisterModel")
    )


def test_training_role_of_ones_own_is_used_and_none_is_made() -> None:
    resources = synthesized(training_role_arn=ROLE)["Resources"]
    assert not [name for name in resources if name.startswith("TrainingRole")]
    variables = [
        resource["Properties"]["Environment"]["Variables"]
        for name, resource in resources.items()
        if name.startswith("FunctionsPlanTuning") and resource["Type"] == "AWS::Lambda::Function"
    ]
    assert [each["TRAINING_ROLE_ARN"] for each in variables] == [ROLE]
    (passed,) = (
        s for s in statements(resources, "WorkflowRole") if "iam:PassRole" in as_list(s["Action"])
    )
    assert passed["Resource"] == ROLE


def test_every_role_is_bounded() -> None:
    resources = synthesized(permissions_boundary=BOUNDARY)["Resources"].values()
    roles = [each["Properties"] for each in resources if each["Type"] == "AWS::IAM::Role"]
    assert {role["PermissionsBoundary"] for role in roles} == {BOUNDARY}


@pytest.mark.parametrize("tags", [{"CostCenter": "7"}, "CostCenter=7"])
def test_whatever_can_be_tagged_has_the_tags_that_are_required(tags: Any) -> None:
    required = {"Key": "CostCenter", "Value": "7"}
    for resource in synthesized(tags=tags)["Resources"].values():
        if resource["Type"] in (
            "AWS::Lambda::Function",
            "AWS::IAM::Role",
            "AWS::S3::Bucket",
            "AWS::StepFunctions::StateMachine",
            "AWS::SNS::Topic",
            "AWS::SQS::Queue",
            "AWS::Logs::LogGroup",
            "AWS::CloudWatch::Alarm",
        ):
            assert required in resource["Properties"].get("Tags", []), resource["Type"]


def test_bootstrap_stack_of_another_qualifier_is_used() -> None:
    text = json.dumps(synthesized(bootstrap_qualifier="ours1"))
    assert "/cdk-bootstrap/ours1/version" in text
    assert "hnb659fds" not in text


def test_models_of_an_environment_with_approvals_wait_for_a_person() -> None:
    resources = synthesized(approval="Manual")["Resources"]
    (variables,) = (
        resource["Properties"]["Environment"]["Variables"]
        for name, resource in resources.items()
        if name.startswith("FunctionsPlanTuning") and resource["Type"] == "AWS::Lambda::Function"
    )
    assert json.loads(variables["DEFAULT_INPUT"])["Approval"] == "Manual"
