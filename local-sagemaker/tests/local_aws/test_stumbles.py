"""What AWS refuses and moto stumbles over has AWS's error (`services/stumbles.py`)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local_aws.function_zip import create_function
from tests.local_aws.machine import start
from tests.moto_faults.test_stumbles import TOPIC, TWO_OWNERSHIP_RULES

RETURNS_ONE = "def handler(*_): return 1"


@pytest.mark.parametrize(
    ("service", "operation", "request_", "code"),
    [
        ("logs", "put_delivery_destination",
         {"name": "topic", "deliveryDestinationConfiguration": {"destinationResourceArn": TOPIC}},
         "ValidationException"),
        ("logs", "put_delivery_destination", {"name": "nothing"}, "ValidationException"),
        ("sqs", "create_queue",
         {"QueueName": "odd", "Attributes": {"ApproximateNumberOfMessages": "1"}},
         "InvalidAttributeName"),
        ("sqs", "create_queue", {"QueueName": "odd", "Attributes": {"Colour": "red"}},
         "InvalidAttributeName"),
        ("iam", "create_service_linked_role", {"AWSServiceName": "sagemaker"}, "InvalidInput"),
        ("events", "put_permission", {"Policy": "{}"}, "ValidationException"),
        ("events", "put_permission", {"Policy": '{"Statement": [{}]}'}, "ValidationException"),
        ("events", "put_rule", {"Name": "odd", "EventPattern": "[]"},
         "InvalidEventPatternException"),
        ("sqs", "create_queue", {"QueueName": "odd", "Attributes": {"Policy": "everybody"}},
         "ValidationException"),
        ("dynamodb", "execute_statement", {"Statement": "SELECT * FROM"}, "ValidationException"),
        ("dynamodb", "execute_statement", {"Statement": "'"}, "ValidationException"),
        ("dynamodb", "batch_execute_statement", {"Statements": [{"Statement": "SELECT * FROM"}]},
         "ValidationException"),
        ("dynamodb", "execute_transaction",
         {"TransactStatements": [{"Statement": "INSERT INTO \"t\" VALUE {"}]},
         "ValidationException"),
        ("cloudformation", "get_template_summary", {"StackSetName": "none"},
         "StackSetNotFoundException"),
        ("cloudformation", "update_stack",
         {"StackName": "none", "UsePreviousTemplate": True}, "ValidationError"),
    ],
)  # fmt: skip
def test_request_is_refused(
    local_aws: Any, service: str, operation: str, request_: dict[str, Any], code: str
) -> None:
    with pytest.raises(ClientError) as refusal:
        getattr(local_aws.client(service), operation)(**request_)
    assert refusal.value.response["Error"]["Code"] == code


def test_function_without_a_url_has_none_to_update(local_aws: Any) -> None:
    function = create_function(local_aws, "def handler(event, context): return 1")
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        local_aws.client("lambda").update_function_url_config(FunctionName=function)


def test_function_is_invoked_asynchronously_by_the_old_operation_too(local_aws: Any) -> None:
    function, client = create_function(local_aws, RETURNS_ONE), local_aws.client("lambda")
    answer = client.invoke_async(FunctionName=function, InvokeArgs=b"{}")
    assert answer["Status"] == 202
    with pytest.raises(ClientError, match="InvalidRequestContentException"):
        client.invoke_async(FunctionName=function, InvokeArgs=b"no JSON")


@pytest.mark.parametrize("network", [{"SubnetIds": ["subnet-1"]}, {"SecurityGroupIds": ["sg-1"]}])
def test_network_of_a_function_has_subnets_and_security_groups(
    local_aws: Any, network: dict[str, Any]
) -> None:
    with pytest.raises(ClientError, match="InvalidParameterValueException"):
        create_function(local_aws, "", VpcConfig=network)
    function, client = create_function(local_aws, RETURNS_ONE), local_aws.client("lambda")
    with pytest.raises(ClientError, match="InvalidParameterValueException"):
        client.update_function_configuration(FunctionName=function, VpcConfig=network)
    client.update_function_configuration(FunctionName=function, VpcConfig={})
    assert client.get_function_configuration(FunctionName=function)["FunctionName"] == function


def test_stack_set_has_a_summary(local_aws: Any) -> None:
    cloudformation = local_aws.client("cloudformation")
    template = json.dumps({"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}})
    cloudformation.create_stack_set(StackSetName="summed", TemplateBody=template)
    summary = cloudformation.get_template_summary(StackSetName="summed")
    assert summary["ResourceTypes"] == ["AWS::SNS::Topic"]


def test_change_set_without_a_template_has_none_to_go_on_from(local_aws: Any) -> None:
    cloudformation = local_aws.client("cloudformation")
    named = {"StackName": "bare", "ChangeSetName": "first", "UsePreviousTemplate": True}
    with pytest.raises(ClientError, match="ValidationError"):
        cloudformation.create_change_set(**named)


@pytest.mark.parametrize("asked", ["list_map_runs", "get_execution_history"])
def test_token_of_another_list_is_invalid(local_aws: Any, asked: str) -> None:
    execution = start(local_aws, {"StartAt": "End", "States": {"End": {"Type": "Succeed"}}})
    with pytest.raises(ClientError, match="InvalidToken"):
        getattr(local_aws.client("stepfunctions"), asked)(executionArn=execution, nextToken="other")


@pytest.mark.parametrize("range_", ["all", "bytes=", "bytes=a-b", "bytes=1-2-3", "rows=0-1", "=="])
def test_range_that_is_none_is_the_whole_object(local_aws: Any, range_: str) -> None:
    s3 = local_aws.client("s3")
    s3.create_bucket(Bucket="ranges")
    s3.put_object(Bucket="ranges", Key="key", Body=b"row")
    assert s3.get_object(Bucket="ranges", Key="key", Range=range_)["Body"].read() == b"row"
    assert s3.head_object(Bucket="ranges", Key="key", Range=range_)["ContentLength"] == 3
    assert s3.get_object(Bucket="ranges", Key="key", Range="bytes=1-")["Body"].read() == b"ow"


@pytest.mark.parametrize("grant", ["everybody", "id=", "colour=red", "id=me,"])
def test_grant_that_cannot_be_read_is_refused(local_aws: Any, grant: str) -> None:
    s3 = local_aws.client("s3")
    s3.create_bucket(Bucket="grants")
    with pytest.raises(ClientError, match="InvalidArgument"):
        s3.put_bucket_acl(Bucket="grants", GrantRead=grant)
    with pytest.raises(ClientError, match="InvalidArgument"):
        s3.put_object(Bucket="grants", Key="key", GrantRead=grant)
    s3.put_bucket_acl(Bucket="grants", GrantRead='id="me", id=you')


def test_prefix_of_names_is_no_regular_expression(local_aws: Any) -> None:
    local_aws.client("sqs").create_queue(QueueName="prefixed")
    assert "QueueUrls" not in local_aws.client("sqs").list_queues(QueueNamePrefix="p.efixed")
    assert local_aws.client("sqs").list_queues(QueueNamePrefix="prefix")["QueueUrls"]
    assert "QueueUrls" not in local_aws.client("sqs").list_queues(QueueNamePrefix="[")
    events = local_aws.client("events")
    events.put_rule(Name="prefixed", EventPattern='{"source": ["nobody"]}')
    assert not events.list_rules(NamePrefix="p.efixed")["Rules"]
    assert events.list_rules(NamePrefix="prefix")["Rules"]


def test_xml_of_another_form_is_malformed(local_aws: Any) -> None:
    s3 = local_aws.client("s3")
    s3.create_bucket(Bucket="forms")
    with pytest.raises(ClientError, match="MalformedXML"):
        s3.put_bucket_ownership_controls(Bucket="forms", OwnershipControls=TWO_OWNERSHIP_RULES)


def test_object_may_be_left_without_tags(local_aws: Any) -> None:
    s3 = local_aws.client("s3")
    s3.create_bucket(Bucket="untagged")
    s3.put_object(Bucket="untagged", Key="key", Tagging="colour=red")
    s3.put_object_tagging(Bucket="untagged", Key="key", Tagging={"TagSet": []})
    assert s3.get_object_tagging(Bucket="untagged", Key="key")["TagSet"] == []


def test_function_needs_code(local_aws: Any) -> None:
    with pytest.raises(ClientError, match="Please provide a source for function code"):
        create_function(local_aws, "", Code={})


def test_version_that_is_not_there_has_no_tags_to_delete(local_aws: Any) -> None:
    s3 = local_aws.client("s3")
    s3.create_bucket(Bucket="tagged")
    s3.put_object(Bucket="tagged", Key="key")
    with pytest.raises(ClientError, match="NoSuchVersion"):
        s3.delete_object_tagging(Bucket="tagged", Key="key", VersionId="none")


@pytest.mark.parametrize("source", ["copies", "copies/", "/copies", "/", "copies?versionId=1"])
def test_source_of_a_copy_has_a_bucket_and_a_key(local_aws: Any, source: str) -> None:
    s3 = local_aws.client("s3")
    s3.create_bucket(Bucket="copies")
    target = {"Bucket": "copies", "Key": "key", "CopySource": source}
    with pytest.raises(ClientError, match="InvalidArgument"):
        s3.copy_object(**target)
    with pytest.raises(ClientError, match="InvalidArgument"):
        s3.upload_part_copy(**target, PartNumber=1, UploadId="none")
