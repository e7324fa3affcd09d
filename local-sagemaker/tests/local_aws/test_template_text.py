"""Templates are JSON or YAML with CloudFormation's short forms; nothing in them is a call."""

from __future__ import annotations

from pathlib import Path

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws import stacks

YAML = """
Resources:
  Queue: {Type: "AWS::SQS::Queue", Properties: {QueueName: !Sub "${AWS::StackName}-queue"}}
Outputs:
  Arn: {Value: !GetAtt Queue.Arn}
"""


TOPIC = "Resources: {a: {Type: 'AWS::SNS::Topic'}}"


def test_short_forms_of_yaml_are_functions(local_aws: LocalAws) -> None:
    stack = stacks.create(local_aws, "of-yaml", YAML)
    assert stack["Outputs"][0]["OutputValue"].endswith(":of-yaml-queue")


def test_keys_of_yaml_are_text(local_aws: LocalAws) -> None:
    body = """
Mappings: {Accounts: {123456789012: {yes: local}}}
Resources: {5: {Type: "AWS::SNS::Topic"}}
Outputs: {2020: {Value: !FindInMap [Accounts, !Ref AWS::AccountId, "yes"]}}
"""
    stack = stacks.create(local_aws, "of-keys", body)
    assert stacks.outputs(stack) == {"2020": "local"}


@pytest.mark.parametrize("operation", ["create_stack", "create_change_set", "validate_template"])
def test_tag_of_python_is_not_called(local_aws: LocalAws, tmp_path: Path, operation: str) -> None:
    made = tmp_path / "made"
    body = f"Description: !!python/object/apply:os.mkdir ['{made}']\nResources: {{}}"
    named = {
        "create_stack": {"StackName": "of-tags"},
        "create_change_set": {
            "StackName": "of-tags",
            "ChangeSetName": "c",
            "ChangeSetType": "CREATE",
        },
    }
    call = getattr(local_aws.client("cloudformation"), operation)
    with pytest.raises(ClientError, match=r"not well-formed|could not determine a constructor"):
        call(TemplateBody=body, **named.get(operation, {}))
    assert not made.exists()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("[" * 5000, "not well-formed"),
        ("{", "not well-formed"),
        ("- 1", "unsupported structure"),
        ("[]", "unsupported structure"),
        ("{}", "At least one Resources member must be defined"),
        ("Resources: [1]", r"\[/Resources\] must be an object"),
        ("Resources: {a: 1}", "Any Resources member must be an object"),
        ("Resources: {a: {Type: 1}}", r"must contain a Type member: \[/Resources/a\]"),
        (f"{TOPIC}\nParameters: {{a: {{}}}}", r"must contain a Type member: \[/Parameters/a\]"),
        (f"{TOPIC}\nOutputs: {{a: text}}", "Any Outputs member must be an object"),
        ("Resources: {a: {Type: 'AWS::SNS::Topic', Properties: []}}", "a/Properties.* an object"),
    ],
)
def test_text_that_is_no_template_is_refused(local_aws: LocalAws, body: str, words: str) -> None:
    with pytest.raises(ClientError, match=f"Template format error: .*{words}"):
        local_aws.client("cloudformation").create_stack(StackName="none", TemplateBody=body)


def test_resource_has_the_members_that_cloudformation_knows(local_aws: LocalAws) -> None:
    named = {"Type": "AWS::SNS::Topic", "Description": "of orders", "Version": "1"}
    stack = stacks.create(local_aws, stacks.new_name(), {"Resources": {"Orders": named}})
    assert stack["StackStatus"] == "CREATE_COMPLETE"
    unknown = {"Resources": {"Orders": named | {"Role": "arn"}}}
    with pytest.raises(ClientError, match="Invalid template resource property 'Role'"):
        stacks.create(local_aws, stacks.new_name(), unknown)
