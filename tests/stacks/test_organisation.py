"""What an organisation has already, or asks for, takes the place of what would be made."""

import json
from typing import Any

import pytest
from aws_cdk import App
from aws_cdk.assertions import Template
from tuning.deployed_settings import DeployedSettings

from configuration.settings import Settings
from stacks.retune_stack import RetuneStack
from tests.stacks.policies import as_list, statements

pytestmark = pytest.mark.slow  # a synth in each test

ROLE = "arn:aws:iam::123456789012:role/training"
KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
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
    handed = [
        json.loads(f'"{text}"')
        for resource in resources.values()
        if resource["Type"] == "AWS::StepFunctions::StateMachine"
        and (text := resource["Properties"]["DefinitionSubstitutions"].get("Settings"))
    ]
    assert [DeployedSettings.parse(text).default_input["Approval"] for text in handed] == [
        "Manual",
        "Manual",
    ]


def test_functions_use_the_keys_of_the_objects_that_they_read_and_write_and_no_other() -> None:
    resources = synthesized(kms_keys=KEY)["Resources"]
    used = {
        function: {
            action
            for statement in statements(resources, f"Functions{function}Role")
            if statement["Resource"] == KEY
            for action in as_list(statement["Action"])
        }
        for function in ("ChooseTrial", "RegisterModel", "SelectBest")
    }
    write = {"kms:Decrypt", "kms:GenerateDataKey"}
    assert used == {"ChooseTrial": {"kms:Decrypt"}, "RegisterModel": write, "SelectBest": set()}


def test_no_policy_is_inside_of_a_role() -> None:
    kinds = {resource["Type"] for resource in synthesized()["Resources"].values()}
    assert "AWS::IAM::ManagedPolicy" in kinds
    assert "AWS::IAM::Policy" not in kinds


def test_logs_are_encrypted_by_a_key_that_logs_alone_of_this_app_may_use() -> None:
    resources = synthesized()["Resources"]
    groups = [r["Properties"] for r in resources.values() if r["Type"] == "AWS::Logs::LogGroup"]
    (key,) = {group["KmsKeyId"]["Fn::GetAtt"][0] for group in groups}
    (statement,) = (
        s for s in resources[key]["Properties"]["KeyPolicy"]["Statement"] if "Condition" in s
    )
    assert statement["Principal"]["Service"]["Fn::Join"][1][0] == "logs."
    (arns,) = statement["Condition"]["ArnLike"].values()
    assert [arn["Fn::Join"][1][-1] for arn in arns] == [
        ":log-group:/aws/lambda/retune-*",
        ":log-group:/aws/vendedlogs/states/retune",
        ":log-group:/aws/vendedlogs/states/retune-*",
    ]


def test_roles_of_ones_own_are_used_and_none_is_made() -> None:
    arns = {
        name: f"arn:aws:iam::123456789012:role/{name}"
        for name in ("functions", "state-machines", "starts")
    }
    resources = synthesized(
        training_role_arn=ROLE,
        function_role_arn=arns["functions"],
        state_machine_role_arn=arns["state-machines"],
        start_role_arn=arns["starts"],
    )["Resources"].values()
    assert not [each for each in resources if each["Type"].startswith("AWS::IAM::")]
    given = {
        "AWS::Lambda::Function": ("Role", arns["functions"]),
        "AWS::StepFunctions::StateMachine": ("RoleArn", arns["state-machines"]),
    }
    for each in resources:
        if each["Type"] in given:
            member, arn = given[each["Type"]]
            assert each["Properties"][member] == arn
        if each["Type"] == "AWS::Scheduler::Schedule":
            assert each["Properties"]["Target"]["RoleArn"] == arns["starts"]
