"""The transform of AWS SAM: functions and state machines with their roles, policies and events."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws
from local_sagemaker.services.cloudformation import sam
from local_sagemaker.services.cloudformation.errors import ValidationError

from tests.local_aws import stacks
from tests.local_aws.function_zip import zip_of
from tests.local_aws.machine import finish

pytest.importorskip("samtranslator")

ANY = {"Capabilities": ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]}
PYTHON = {"Runtime": "python3.13", "Handler": "index.handler"}
DOUBLE = "def handler(event, context): return {'doubled': event['n'] * 2}"


def template(**resources: Any) -> dict[str, Any]:
    return {"Transform": "AWS::Serverless-2016-10-31", "Resources": resources}


def function(**properties: Any) -> dict[str, Any]:
    return {"Type": "AWS::Serverless::Function", "Properties": PYTHON | properties}


def put(local_aws: LocalAws, **objects: bytes | str) -> str:
    """A bucket with these objects."""
    name, s3 = stacks.new_name("sam"), local_aws.client("s3")
    s3.create_bucket(Bucket=name)
    for key, content in objects.items():
        s3.put_object(Bucket=name, Key=key, Body=content)
    return name


def test_state_machine_from_yaml_calls_its_function(local_aws: LocalAws) -> None:
    definition = """
StartAt: Double
States:
  Double: {Type: Task, Resource: "${FunctionArn}", End: true}
"""
    bucket = put(local_aws, workflow=definition, code=zip_of(DOUBLE))
    machine = {
        "DefinitionUri": {"Bucket": bucket, "Key": "workflow"},
        "DefinitionSubstitutions": {"FunctionArn": {"Fn::GetAtt": ["Double", "Arn"]}},
        "Policies": [{"LambdaInvokePolicy": {"FunctionName": {"Ref": "Double"}}}],
    }
    made = stacks.create(
        local_aws,
        stacks.new_name(),
        template(
            Double=function(CodeUri=f"s3://{bucket}/code", Policies=["AWSLambdaExecute"]),
            Machine={
                "Type": "AWS::Serverless::StateMachine",
                "Properties": machine,
                "Role": "a member that SAM does not know is dropped",
            },
        )
        | {"Outputs": {"Machine": {"Value": {"Ref": "Machine"}}}},
        **ANY,
    )
    assert made["StackStatus"] == "CREATE_COMPLETE", made.get("StackStatusReason")
    execution = local_aws.client("stepfunctions").start_execution(
        stateMachineArn=stacks.outputs(made)["Machine"], input='{"n": 4}'
    )
    assert finish(local_aws, execution["executionArn"])["output"] == {"doubled": 8}


def test_events_of_a_function_are_rules_mappings_and_notifications(local_aws: LocalAws) -> None:
    events = {
        "Nightly": {"Type": "Schedule", "Properties": {"Schedule": "cron(0 3 * * ? *)"}},
        "Ended": {
            "Type": "EventBridgeRule",
            "Properties": {"Pattern": {"source": ["aws.sagemaker"]}},
        },
        "Message": {"Type": "SQS", "Properties": {"Queue": {"Fn::GetAtt": ["Queue", "Arn"]}}},
        "Upload": {
            "Type": "S3",
            "Properties": {"Bucket": {"Ref": "Bucket"}, "Events": "s3:ObjectCreated:*"},
        },
    }
    name = stacks.new_name()
    made = stacks.create(
        local_aws,
        name,
        template(
            Queue={"Type": "AWS::SQS::Queue"},
            Bucket={"Type": "AWS::S3::Bucket", "Properties": {"BucketName": name}},
            Told=function(InlineCode="def handler(*_): pass", Events=events),
        )
        | {"Outputs": {"Function": {"Value": {"Ref": "Told"}}}},
        **ANY,
    )
    assert made["StackStatus"] == "CREATE_COMPLETE", made.get("StackStatusReason")
    called = stacks.outputs(made)["Function"]
    rules = local_aws.client("events").list_rules(NamePrefix=name)["Rules"]
    assert {rule.get("ScheduleExpression") for rule in rules} == {"cron(0 3 * * ? *)", None}
    functions = local_aws.client("lambda")
    (mapping,) = functions.list_event_source_mappings(FunctionName=called)["EventSourceMappings"]
    assert ":sqs:" in mapping["EventSourceArn"]
    told = local_aws.client("s3").get_bucket_notification_configuration(Bucket=name)
    (upload,) = told["LambdaFunctionConfigurations"]
    assert upload["LambdaFunctionArn"].endswith(called)


def test_macro_needs_an_acknowledgement_unless_a_change_set_shows_it(local_aws: LocalAws) -> None:
    asked = template(F=function(InlineCode="pass", Role="arn:aws:iam::123456789012:role/f"))
    with pytest.raises(ClientError, match=r"Requires capabilities : \[CAPABILITY_AUTO_EXPAND\]"):
        stacks.create(local_aws, stacks.new_name(), asked)
    made = local_aws.client("cloudformation").create_change_set(
        StackName=stacks.new_name(),
        ChangeSetName="c",
        ChangeSetType="CREATE",
        TemplateBody=json.dumps(asked),
    )
    assert made["Id"]


@pytest.mark.parametrize(
    ("resource", "words"),
    [
        (function(), "Transform AWS::Serverless-2016-10-31 failed with: .*F.* is invalid"),
        (function(CodeUri="./source"), "is not a valid S3 Uri"),
        (
            {"Type": "AWS::Serverless::HttpApi", "Properties": {}},
            r"local AWS cannot make .*AWS::ApiGatewayV2::Api",
        ),
    ],
)
def test_what_cannot_be_made_is_named(
    local_aws: LocalAws, resource: dict[str, Any], words: str
) -> None:
    with pytest.raises(ClientError, match=words):
        stacks.create(local_aws, stacks.new_name(), template(F=resource), **ANY)


def test_extra_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "samtranslator.translator.translator", None)
    with pytest.raises(ValidationError, match=r"pip install 'local-sagemaker\[sam\]'"):
        sam.translated(template(F=function()), {}, "us-east-1")


def test_application_of_a_repository_is_refused_by_name(local_aws: LocalAws) -> None:
    location = {"ApplicationId": "arn:aws:serverlessrepo:us-east-1:1:applications/a"}
    location["SemanticVersion"] = "1.0.0"
    application = {"Type": "AWS::Serverless::Application", "Properties": {"Location": location}}
    with pytest.raises(ClientError, match="no Serverless Application Repository: App needs a"):
        stacks.create(local_aws, stacks.new_name(), template(App=application), **ANY)
