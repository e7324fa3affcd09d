"""What a stack makes of types that other services have: each is there as its service shows it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.local_aws import stacks
from tests.local_aws.function_zip import ROLE, create_role


@pytest.fixture
def name(local_aws: LocalAws) -> str:
    create_role(local_aws)
    return stacks.new_name()


def made(local_aws: LocalAws, name: str, **resources: Any) -> dict[str, str]:
    """What Ref gives for each of these (type, properties)."""
    template = {
        "Resources": {k: {"Type": v[0], "Properties": v[1]} for k, v in resources.items()},
        "Outputs": {key: {"Value": {"Ref": key}} for key in resources},
    }
    change = stacks.update if _is_there(local_aws, name) else stacks.create
    stack = change(local_aws, name, template)
    assert stack["StackStatus"].endswith("E_COMPLETE"), stack
    assert "ROLLBACK" not in stack["StackStatus"], stack
    return stacks.outputs(stack)


def _is_there(local_aws: LocalAws, name: str) -> bool:
    listed = local_aws.client("cloudformation").list_stacks()["StackSummaries"]
    return name in [each["StackName"] for each in listed]


def function(**more: Any) -> tuple[str, dict[str, Any]]:
    code = {"ZipFile": "def handler(event, context): return event"}
    given = {"Runtime": "python3.13", "Handler": "index.handler", "Role": ROLE, "Code": code}
    return "AWS::Lambda::Function", given | more


def test_names_of_fifo_queues_end_as_they_must(local_aws: LocalAws, name: str) -> None:
    url = made(local_aws, name, Queue=("AWS::SQS::Queue", {"FifoQueue": "true"}))["Queue"]
    assert url.endswith(".fifo")


def test_state_machine_is_named_by_its_logical_id(local_aws: LocalAws, name: str) -> None:
    definition = {"StartAt": "End", "States": {"End": {"Type": "Succeed"}}}
    logging = {"LoggingConfiguration": {"IncludeExecutionData": "false", "Level": "OFF"}}
    given = {"RoleArn": ROLE, "Definition": definition} | logging
    arn = made(local_aws, name, Flow=("AWS::StepFunctions::StateMachine", given))["Flow"]
    assert ":stateMachine:Flow-" in arn


def test_definition_string_of_a_state_machine_is_no_yaml(local_aws: LocalAws, name: str) -> None:
    text = "StartAt: End\nStates:\n  End: {Type: Succeed}\n"
    given = {"RoleArn": ROLE, "DefinitionString": text}
    machine = {"Type": "AWS::StepFunctions::StateMachine", "Properties": given}
    stack = stacks.create(local_aws, name, {"Resources": {"Flow": machine}})
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE"
    assert "InvalidDefinition" in stacks.reason(local_aws, name, "Flow")


def test_definition_in_s3_may_be_yaml(local_aws: LocalAws, name: str) -> None:
    s3 = local_aws.client("s3")
    s3.create_bucket(Bucket=name)
    text = "StartAt: ${First}\nStates:\n  End: {Type: Succeed}\n"
    s3.put_object(Bucket=name, Key="flow.yaml", Body=text)
    given = {
        "RoleArn": ROLE,
        "DefinitionS3Location": {"Bucket": name, "Key": "flow.yaml"},
        "DefinitionSubstitutions": {"First": "End"},
    }
    arn = made(local_aws, name, Flow=("AWS::StepFunctions::StateMachine", given))["Flow"]
    found = local_aws.client("stepfunctions").describe_state_machine(stateMachineArn=arn)
    assert json.loads(found["definition"])["StartAt"] == "End"


def test_function_has_its_concurrency_alias_and_invoke_config(
    local_aws: LocalAws, name: str
) -> None:
    config = {"FunctionName": {"Ref": "F"}, "Qualifier": "$LATEST", "MaximumRetryAttempts": "1"}
    version = {"FunctionName": {"Ref": "F"}}
    alias = version | {"Name": "live", "FunctionVersion": {"Fn::GetAtt": ["V", "Version"]}}
    refs = made(
        local_aws, name,
        F=function(ReservedConcurrentExecutions=5, Environment={"Variables": {"N": 1}}),
        V=("AWS::Lambda::Version", version),
        A=("AWS::Lambda::Alias", alias),
        C=("AWS::Lambda::EventInvokeConfig", config),
    )  # fmt: skip
    functions, named = local_aws.client("lambda"), {"FunctionName": refs["F"]}
    assert functions.get_function_concurrency(**named)["ReservedConcurrentExecutions"] == 5
    assert functions.get_function_event_invoke_config(**named)["MaximumRetryAttempts"] == 1
    assert functions.get_alias(**named, Name="live")["FunctionVersion"] == "1"
    found = functions.get_function_configuration(**named)
    assert found["Environment"]["Variables"] == {"N": "1"}


def test_secret_is_generated_inside_an_object(local_aws: LocalAws, name: str) -> None:
    wanted = {
        "SecretStringTemplate": '{"user": "me"}',
        "GenerateStringKey": "password",
        "PasswordLength": "20",
    }
    given = {"Name": name, "GenerateSecretString": wanted}
    arn = made(local_aws, name, S=("AWS::SecretsManager::Secret", given))["S"]
    found = local_aws.client("secretsmanager").get_secret_value(SecretId=arn)
    secret = json.loads(found["SecretString"])
    assert (secret["user"], len(secret["password"])) == ("me", 20)


def test_bucket_has_what_its_template_says_and_no_longer(local_aws: LocalAws, name: str) -> None:
    s3 = local_aws.client("s3")
    by_default = {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
    given = {
        "BucketName": name,
        "BucketEncryption": {"ServerSideEncryptionConfiguration": [by_default]},
        "PublicAccessBlockConfiguration": {"BlockPublicAcls": "true", "BlockPublicPolicy": True},
        "VersioningConfiguration": {"Status": "Enabled"},
        "CorsConfiguration": {
            "CorsRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"], "MaxAge": "3"}]
        },
    }
    made(local_aws, name, B=("AWS::S3::Bucket", given))
    assert s3.get_bucket_versioning(Bucket=name)["Status"] == "Enabled"
    assert s3.get_bucket_cors(Bucket=name)["CORSRules"][0]["MaxAgeSeconds"] == 3
    block = s3.get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"]
    assert block["BlockPublicAcls"]
    made(local_aws, name, B=("AWS::S3::Bucket", {"BucketName": name}))
    assert s3.get_bucket_versioning(Bucket=name)["Status"] == "Suspended"
    with pytest.raises(s3.exceptions.ClientError, match="NoSuchCORSConfiguration"):
        s3.get_bucket_cors(Bucket=name)
