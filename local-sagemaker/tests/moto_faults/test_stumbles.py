from __future__ import annotations

from typing import Any

import pytest

from tests.moto_faults.clients import client, create_function

TWO_OWNERSHIP_RULES = {"Rules": [{"ObjectOwnership": "ObjectWriter"}] * 2}
TOPIC = "arn:aws:sns:us-east-1:123456789012:topic"


def test_tags_of_a_version_that_is_not_there_are_an_attribute_error() -> None:
    s3 = client("s3")
    s3.create_bucket(Bucket="tagged")
    s3.put_object(Bucket="tagged", Key="key")
    with pytest.raises(AttributeError):
        s3.delete_object_tagging(Bucket="tagged", Key="key", VersionId="none")


def test_the_url_of_a_function_that_has_none_is_an_attribute_error() -> None:
    create_function()
    with pytest.raises(AttributeError):
        client("lambda").update_function_url_config(FunctionName="function", AuthType="NONE")


def test_any_destination_of_deliveries_is_accepted_and_none_is_listed_after_it() -> None:
    logs: Any = client("logs")
    with pytest.raises(AttributeError):
        logs.put_delivery_destination(
            name="topic", deliveryDestinationConfiguration={"destinationResourceArn": TOPIC}
        )
    with pytest.raises(AttributeError):
        logs.describe_delivery_destinations()


def test_the_source_of_a_copy_that_names_no_key_is_a_value_error() -> None:
    s3: Any = client("s3")
    s3.create_bucket(Bucket="copies")
    target = {"Bucket": "copies", "Key": "key", "CopySource": "copies"}
    with pytest.raises(ValueError, match="not enough values"):
        s3.copy_object(**target)
    with pytest.raises(ValueError, match="not enough values"):
        s3.upload_part_copy(**target, PartNumber=1, UploadId="none")


def test_a_range_that_is_not_written_as_one_is_a_value_error() -> None:
    s3: Any = client("s3")
    s3.create_bucket(Bucket="ranges")
    s3.put_object(Bucket="ranges", Key="key", Body=b"row")
    with pytest.raises(ValueError, match="not enough values"):
        s3.get_object(Bucket="ranges", Key="key", Range="all")


def test_a_grant_that_is_not_written_as_one_is_an_attribute_error() -> None:
    s3: Any = client("s3")
    s3.create_bucket(Bucket="grants")
    with pytest.raises(AttributeError):
        s3.put_bucket_acl(Bucket="grants", GrantRead="everybody")


def test_an_attribute_that_only_sqs_sets_is_an_attribute_error() -> None:
    sqs: Any = client("sqs")
    with pytest.raises(AttributeError):
        sqs.create_queue(QueueName="queue", Attributes={"ApproximateNumberOfMessages": "1"})
    sqs.create_queue(QueueName="kept", Attributes={"Colour": "red"})


def test_a_service_that_is_no_hosts_name_is_an_index_error() -> None:
    with pytest.raises(IndexError):
        client("iam").create_service_linked_role(AWSServiceName="sagemaker")


def test_a_statement_that_ends_too_early_is_an_index_error() -> None:
    dynamodb: Any = client("dynamodb")
    with pytest.raises(IndexError):
        dynamodb.execute_statement(Statement="SELECT * FROM")
    with pytest.raises(IndexError):
        dynamodb.batch_execute_statement(Statements=[{"Statement": "SELECT * FROM"}])
    with pytest.raises(IndexError):
        dynamodb.execute_transaction(TransactStatements=[{"Statement": "SELECT * FROM"}])


def test_xml_of_another_form_is_an_attribute_error() -> None:
    s3: Any = client("s3")
    s3.create_bucket(Bucket="forms")
    with pytest.raises(AttributeError):
        s3.put_bucket_ownership_controls(Bucket="forms", OwnershipControls=TWO_OWNERSHIP_RULES)


def test_a_prefix_of_names_is_taken_for_a_regular_expression() -> None:
    client("sqs").create_queue(QueueName="queue")
    assert client("sqs").list_queues(QueueNamePrefix=".")["QueueUrls"]
    client("events").put_rule(Name="rule", EventPattern='{"source": ["nobody"]}')
    assert client("events").list_rules(NamePrefix=".")["Rules"]
