"""The values of a template's parameters: given, by default, as before, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws import machine, stacks


def template(kind: str = "String", **declared: Any) -> dict[str, Any]:
    return {
        "Parameters": {"P": {"Type": kind, **declared}},
        "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}},
        "Outputs": {"P": {"Value": {"Fn::Join": ["|", {"Ref": "P"}]}}},
    }


def given(value: str) -> list[dict[str, Any]]:
    return [{"ParameterKey": "P", "ParameterValue": value}]


@pytest.mark.parametrize(
    ("declared", "value", "words"),
    [
        ({}, None, r"Parameters: \[P\] must have values"),
        ({"AllowedValues": ["a", "b"]}, "c", "Parameter 'P' must be one of AllowedValues"),
        ({"AllowedPattern": "[a-z]+"}, "A", r"Parameter 'P' must match pattern \[a-z\]\+"),
        ({"MinLength": 2}, "a", "Parameter 'P' must contain at least 2 characters"),
        ({"MaxLength": 2}, "abc", "Parameter 'P' must contain at most 2 characters"),
        ({"kind": "Number"}, "many", "Parameter 'P' must be a number"),
        ({"kind": "Number", "MinValue": 2}, "1", "must be a number not less than 2"),
        ({"kind": "Number", "MaxValue": 2}, "3", "must be a number not greater than 2"),
        (
            {"AllowedPattern": "[a-z]+", "ConstraintDescription": "lower case"},
            "A",
            "Parameter P failed to satisfy constraint: lower case",
        ),
        (
            {"kind": "AWS::SSM::Parameter::Value<String>"},
            "/no",
            r"Unable to fetch parameters \[/no",
        ),
    ],
)
def test_value_that_a_parameter_cannot_have_is_refused(
    local_aws: LocalAws, declared: dict[str, Any], value: str | None, words: str
) -> None:
    asked = {"Parameters": given(value)} if value is not None else {}
    with pytest.raises(ClientError, match=words):
        stacks.create(local_aws, stacks.new_name(), template(**declared), **asked)


def test_parameter_that_the_template_has_not_is_refused(local_aws: LocalAws) -> None:
    plain = {"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}
    with pytest.raises(ClientError, match=r"Parameters: \[P\] do not exist in the template"):
        stacks.create(local_aws, stacks.new_name(), plain, Parameters=given("a"))


def test_update_takes_a_value_over_or_falls_back_to_the_default(local_aws: LocalAws) -> None:
    name, previous = stacks.new_name(), [{"ParameterKey": "P", "UsePreviousValue": True}]
    stacks.create(local_aws, name, template(Default="d"), Parameters=given("g"))
    longer = template(Default="d") | {"Description": "changed"}
    longer["Outputs"]["More"] = {"Value": "1"}
    taken = stacks.update(local_aws, name, longer, Parameters=previous)
    assert stacks.outputs(taken)["P"] == "g"
    back = stacks.update(local_aws, name, template(Default="d"))
    assert stacks.outputs(back)["P"] == "d"


def test_previous_value_is_refused_where_there_is_none(local_aws: LocalAws) -> None:
    name, plain = stacks.new_name(), {"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}
    stacks.create(local_aws, name, plain)
    previous = [{"ParameterKey": "P", "UsePreviousValue": True}]
    with pytest.raises(ClientError, match="a parameter key not in the previous template"):
        stacks.update(local_aws, name, template(Default="d"), Parameters=previous)


def test_previous_value_of_a_stored_parameter_is_its_name(local_aws: LocalAws) -> None:
    ssm, stored = local_aws.client("ssm"), f"/{stacks.new_name()}"
    ssm.put_parameter(Name=stored, Value="before", Type="String")
    declared, name = template("AWS::SSM::Parameter::Value<String>"), stacks.new_name()
    stacks.create(local_aws, name, declared, Parameters=given(stored))
    ssm.put_parameter(Name=stored, Value="after", Type="String", Overwrite=True)
    declared["Outputs"]["More"] = {"Value": "1"}
    previous = [{"ParameterKey": "P", "UsePreviousValue": True}]
    stack = stacks.update(local_aws, name, declared, Parameters=previous)
    assert stacks.outputs(stack)["P"] == "after"
    (shown,) = stack["Parameters"]
    assert (shown["ParameterValue"], shown["ResolvedValue"]) == (stored, "after")


def test_list_is_split_and_a_secret_is_not_shown(local_aws: LocalAws) -> None:
    listed = stacks.create(
        local_aws, stacks.new_name(), template("CommaDelimitedList"), Parameters=given("a, b")
    )
    assert stacks.outputs(listed)["P"] == "a|b"
    hidden = stacks.create(
        local_aws, stacks.new_name(), template(NoEcho=True), Parameters=given("secret")
    )
    assert hidden["Parameters"][0]["ParameterValue"] == "****"


def test_number_is_text_in_json_and_a_number_where_a_resource_wants_one(
    local_aws: LocalAws,
) -> None:
    number, name = {"Ref": "P"}, stacks.new_name()
    told = {"Type": "Pass", "Result": {"P": number}, "End": True}
    flow = {
        "RoleArn": machine.ROLE,
        "Definition": {"StartAt": "Tell", "States": {"Tell": told}},
        "Tags": [{"Key": "P", "Value": 7}],
    }
    table = {
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "ProvisionedThroughput": {"ReadCapacityUnits": number, "WriteCapacityUnits": "2"},
    }
    declared = template("Number", Default=5)
    declared["Resources"] = {
        "Flow": {"Type": "AWS::StepFunctions::StateMachine", "Properties": flow},
        "Table": {"Type": "AWS::DynamoDB::Table", "Properties": table},
    }
    declared["Outputs"] = {key: {"Value": {"Ref": key}} for key in declared["Resources"]}
    made = stacks.outputs(stacks.create(local_aws, name, declared))
    machine_arn, client = made["Flow"], local_aws.client("stepfunctions")
    found = client.describe_state_machine(stateMachineArn=machine_arn)["definition"]
    assert json.loads(found)["States"]["Tell"]["Result"] == {"P": "5"}
    assert client.list_tags_for_resource(resourceArn=machine_arn)["tags"][-1]["value"] == "7"
    shown = local_aws.client("dynamodb").describe_table(TableName=made["Table"])["Table"]
    units = shown["ProvisionedThroughput"]
    assert (units["ReadCapacityUnits"], units["WriteCapacityUnits"]) == (5, 2)
