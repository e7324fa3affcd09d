"""What the functions of a template make, and of which type a resource gets it."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws import stacks

PATHS = "$$.Execution.Input['${Name}'] $.a ${!kept} $ $$$"
AS_TEXT = "$$.Execution.Input['n'] $.a ${kept} $ $$$"


def outputs(local_aws: LocalAws, values: dict[str, Any], **sections: Any) -> dict[str, str]:
    """What a stack with these outputs tells."""
    template = {
        "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}},
        "Outputs": {name: {"Value": value} for name, value in values.items()},
        **sections,
    }
    return stacks.outputs(stacks.create(local_aws, stacks.new_name(), template))


def refused(local_aws: LocalAws, value: Any, **sections: Any) -> str:
    """Why a template with this property is refused, or its resource not made."""
    parameter = {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": value}}
    name = stacks.new_name()
    try:
        stacks.create(local_aws, name, {"Resources": {"P": parameter}, **sections})
    except ClientError as error:
        return str(error)
    return stacks.reason(local_aws, name, "P")


def test_sub_changes_names_and_nothing_else(local_aws: LocalAws) -> None:
    made = outputs(
        local_aws,
        {
            "Plain": {"Fn::Sub": PATHS},
            "WithMap": {"Fn::Sub": [PATHS, {"Name": {"Ref": "Given"}}]},
        },
        Parameters={
            "Name": {"Type": "String", "Default": "n"},
            "Given": {"Type": "String", "Default": "n"},
        },
    )
    assert made == {"Plain": AS_TEXT, "WithMap": AS_TEXT}


def test_functions_give_what_they_give_on_aws(local_aws: LocalAws) -> None:
    made = outputs(
        local_aws,
        {
            "Join": {"Fn::Join": ["-", ["a", {"Ref": "AWS::Region"}, 1, True]]},
            "Split": {"Fn::Select": ["1", {"Fn::Split": [",", "a,b"]}]},
            "Map": {"Fn::FindInMap": ["Sizes", {"Ref": "AWS::Region"}, "Small"]},
            "If": {"Fn::If": ["Big", "big", {"Fn::If": ["Small", "small", "none"]}]},
            "Base64": {"Fn::Base64": "text"},
            "Zones": {"Fn::Join": [" ", {"Fn::GetAZs": ""}]},
            "Cidr": {"Fn::Select": [1, {"Fn::Cidr": ["10.0.0.0/16", 2, 8]}]},
            "Gone": {"Ref": "AWS::NoValue"},
        },
        Mappings={"Sizes": {"us-east-1": {"Small": "ml.t2.medium"}}},
        Conditions={
            "Big": {"Fn::Equals": [{"Ref": "AWS::Region"}, "nowhere"]},
            "Small": {"Fn::And": [{"Fn::Not": [{"Condition": "Big"}]}, {"Fn::Equals": ["1", 1]}]},
        },
    )
    assert made == {
        "Join": "a-us-east-1-1-true",
        "Split": "b",
        "Map": "ml.t2.medium",
        "If": "small",
        "Base64": "dGV4dA==",
        "Zones": "us-east-1a us-east-1b us-east-1c us-east-1d us-east-1e us-east-1f",
        "Cidr": "10.0.1.0/24",
    }


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"Fn::Select": [2, ["a"]]}, "cannot select nonexistent value at index 2"),
        ({"Fn::FindInMap": ["Sizes", "a", "b"]}, "Mapping named 'Sizes' is not present"),
        ({"Fn::GetAtt": ["Nobody", "Arn"]}, r"Unresolved resource dependencies \[Nobody\]"),
        ({"Fn::Sub": "${Nobody}"}, r"Unresolved resource dependencies \[Nobody\]"),
        ({"Ref": "P"}, "Circular dependency between resources"),
        ({"Fn::ImportValue": "nothing"}, "No export named nothing found"),
        ({"Fn::If": ["Nothing", "a", "b"]}, "Unresolved condition dependency Nothing"),
        ({"Fn::Transform": {"Name": "Mine"}}, "No transform named Mine found"),
    ],
)
def test_what_cannot_be_resolved_is_named(local_aws: LocalAws, value: Any, words: str) -> None:
    with pytest.raises(AssertionError, match=words):
        raise AssertionError(refused(local_aws, value))


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (1.5, "1.5"), (True, "true")])
def test_numbers_and_truths_become_text_where_text_is_wanted(
    local_aws: LocalAws, value: Any, text: str
) -> None:
    name = f"/{stacks.new_name()}"
    given = {"Type": "String", "Name": name, "Value": value}
    parameter = {"Type": "AWS::SSM::Parameter", "Properties": given}
    stacks.create(local_aws, stacks.new_name(), {"Resources": {"P": parameter}})
    assert local_aws.client("ssm").get_parameter(Name=name)["Parameter"]["Value"] == text


def test_text_becomes_a_number_where_one_is_wanted(local_aws: LocalAws) -> None:
    group = {"Type": "AWS::Logs::LogGroup", "Properties": {"RetentionInDays": {"Ref": "Days"}}}
    template = {
        "Parameters": {"Days": {"Type": "String", "Default": "7"}},
        "Resources": {"Group": group},
        "Outputs": {"Name": {"Value": {"Ref": "Group"}}},
    }
    name = stacks.outputs(stacks.create(local_aws, stacks.new_name(), template))["Name"]
    (found,) = local_aws.client("logs").describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    assert found["retentionInDays"] == 7


def test_policies_may_be_written_as_text(local_aws: LocalAws) -> None:
    allow = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject"'
    trust = (
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", '
        '"Principal": {"Service": "lambda.${AWS::URLSuffix}"}}]}'
    )
    inline = {"PolicyName": "inline", "PolicyDocument": f'{allow}, "Resource": "*"}}]}}'}
    template = {
        "Resources": {
            "Policy": {
                "Type": "AWS::IAM::ManagedPolicy",
                "Properties": {"PolicyDocument": f'{allow}, "Resource": "*"}}]}}'},
            },
            "Role": {
                "Type": "AWS::IAM::Role",
                "Properties": {
                    "AssumeRolePolicyDocument": {"Fn::Sub": trust},
                    "ManagedPolicyArns": [{"Ref": "Policy"}],
                    "Policies": [inline],
                },
            },
        },
        "Outputs": {"Role": {"Value": {"Ref": "Role"}}},
    }
    made = stacks.create(local_aws, stacks.new_name(), template, Capabilities=["CAPABILITY_IAM"])
    name, iam = stacks.outputs(made)["Role"], local_aws.client("iam")
    trusted = iam.get_role(RoleName=name)["Role"]["AssumeRolePolicyDocument"]
    assert trusted["Statement"][0]["Principal"] == {"Service": "lambda.amazonaws.com"}
    found = iam.get_role_policy(RoleName=name, PolicyName="inline")["PolicyDocument"]
    assert found["Statement"][0]["Action"] == "s3:GetObject"


def test_stored_values_are_resolved_when_a_resource_is_made(local_aws: LocalAws) -> None:
    ssm, name = local_aws.client("ssm"), f"/{stacks.new_name()}"
    ssm.put_parameter(Name=name, Value="stored", Type="String")
    topic = {"DisplayName": f"{{{{resolve:ssm:{name}}}}} here"}
    template = {
        "Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": topic}},
        "Outputs": {"Arn": {"Value": {"Ref": "Topic"}}},
    }
    arn = stacks.outputs(stacks.create(local_aws, stacks.new_name(), template))["Arn"]
    found = local_aws.client("sns").get_topic_attributes(TopicArn=arn)["Attributes"]
    assert found["DisplayName"] == "stored here"


def test_dates_of_yaml_stay_text(local_aws: LocalAws) -> None:
    template = """
Resources:
  Topic: {Type: "AWS::SNS::Topic", Properties: {DisplayName: 2012-10-17}}
Outputs:
  Joined: {Value: !Join ["", [!Ref AWS::AccountId, !Select [0, !Split ["-", 2012-10-17]]]]}
"""
    made = stacks.create(local_aws, stacks.new_name(), template)
    assert stacks.outputs(made) == {"Joined": "1234567890122012"}


def test_part_of_a_template_may_be_an_object_of_s3(local_aws: LocalAws) -> None:
    name, s3 = stacks.new_name(), local_aws.client("s3")
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key="part.yaml", Body="DisplayName: !Sub '${Who} included'")

    def included(key: str) -> dict[str, Any]:
        where = {"Location": f"s3://{name}/{key}"}
        return {"Fn::Transform": {"Name": "AWS::Include", "Parameters": where}}

    s3.put_object(Bucket=name, Key="whole.yaml", Body="Queue: {Type: 'AWS::SQS::Queue'}")
    s3.put_object(Bucket=name, Key="outputs.yaml", Body="Arn: {Value: !Ref Topic}")
    s3.put_object(Bucket=name, Key="type.yaml", Body="Type: AWS::SNS::Topic")
    template = {
        "Parameters": {"Who": {"Type": "String", "Default": "it is"}},
        "Resources": {
            "Topic": {"Type": "AWS::SNS::Topic", "Properties": included("part.yaml")},
            "Other": included("type.yaml"),
            **included("whole.yaml"),
        },
        "Outputs": included("outputs.yaml"),
    }
    made = stacks.create(local_aws, name, template, Capabilities=["CAPABILITY_AUTO_EXPAND"])
    topic = local_aws.client("sns").get_topic_attributes(TopicArn=stacks.outputs(made)["Arn"])
    assert topic["Attributes"]["DisplayName"] == "it is included"
    resources = local_aws.client("cloudformation").list_stack_resources(StackName=name)
    names = {each["LogicalResourceId"] for each in resources["StackResourceSummaries"]}
    assert names == {"Topic", "Other", "Queue"}


def test_loops_are_refused_by_name(local_aws: LocalAws) -> None:
    loop = ["Name", ["A", "B"], {"Topic${Name}": {"Type": "AWS::SNS::Topic"}}]
    template = {
        "Transform": "AWS::LanguageExtensions",
        "Resources": {"Fn::ForEach::Topics": loop, "T": {"Type": "AWS::SNS::Topic"}},
    }
    with pytest.raises(ClientError, match="Local AWS has no Fn::ForEach::Topics"):
        stacks.create(local_aws, stacks.new_name(), template)


def test_rules_of_a_template_are_held(local_aws: LocalAws) -> None:
    assertion = {
        "Assert": {"Fn::Contains": [["ml.m5.large"], {"Ref": "Type"}]},
        "AssertDescription": "only small ones",
    }
    template = {
        "Parameters": {"Type": {"Type": "String"}, "Stage": {"Type": "String", "Default": "test"}},
        "Rules": {
            "Small": {
                "RuleCondition": {"Fn::Equals": [{"Ref": "Stage"}, "test"]},
                "Assertions": [assertion],
            }
        },
        "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}},
    }
    asked = [{"ParameterKey": "Type", "ParameterValue": "ml.p4d.24xlarge"}]
    with pytest.raises(ClientError, match="only small ones"):
        stacks.create(local_aws, stacks.new_name(), template, Parameters=asked)
    live = [*asked, {"ParameterKey": "Stage", "ParameterValue": "live"}]
    assert stacks.create(local_aws, stacks.new_name(), template, Parameters=live)
