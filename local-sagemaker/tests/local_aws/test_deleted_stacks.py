"""What of a stack cannot be deleted keeps it, until it can."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws import stacks


def create_stack(local_aws: LocalAws, **bucket: Any) -> str:
    """One with a bucket and a queue; both have the stack's name."""
    name = f"deleted-{uuid.uuid4().hex[:8]}"
    resources = {
        "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": name}, **bucket},
        "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": name}},
    }
    stacks.create(local_aws, name, {"Resources": resources})
    return name


def delete(local_aws: LocalAws, name: str) -> None:
    assert stacks.delete(local_aws, name)["StackStatus"] == "DELETE_COMPLETE"


def buckets(local_aws: LocalAws) -> list[str]:
    return [bucket["Name"] for bucket in local_aws.client("s3").list_buckets()["Buckets"]]


def test_stack_with_a_full_bucket_stays_and_says_why(local_aws: LocalAws) -> None:
    name, s3 = create_stack(local_aws), local_aws.client("s3")
    s3.put_object(Bucket=name, Key="key", Body=b"")
    stack = stacks.delete(local_aws, name)
    assert stack["StackStatus"] == "DELETE_FAILED"
    assert "failed to delete: [Bucket]" in stack["StackStatusReason"]
    assert "The bucket you tried to delete is not empty" in stacks.reason(local_aws, name, "Bucket")
    with pytest.raises(ClientError, match="NonExistentQueue"):  # all else is gone
        local_aws.client("sqs").get_queue_url(QueueName=name)
    s3.delete_object(Bucket=name, Key="key")
    delete(local_aws, name)
    assert name not in buckets(local_aws)


def test_full_bucket_that_is_retained_keeps_no_stack(local_aws: LocalAws) -> None:
    name = create_stack(local_aws, DeletionPolicy="Retain")
    local_aws.client("s3").put_object(Bucket=name, Key="key", Body=b"")
    delete(local_aws, name)
    assert name in buckets(local_aws)


def test_bucket_that_somebody_has_deleted_keeps_no_stack(local_aws: LocalAws) -> None:
    name = create_stack(local_aws)
    local_aws.client("s3").delete_bucket(Bucket=name)
    delete(local_aws, name)


def test_change_sets_go_with_their_stack(local_aws: LocalAws) -> None:
    """Or those of a later stack of the same name could not be told from them."""
    name, formation = f"deleted-{uuid.uuid4().hex[:8]}", local_aws.client("cloudformation")
    topic = {"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}
    asked = {"StackName": name, "ChangeSetName": "changes"}
    for _ in range(2):
        formation.create_change_set(**asked, ChangeSetType="CREATE", TemplateBody=json.dumps(topic))
        formation.execute_change_set(**asked)
        stacks.ended(local_aws, name)
        delete(local_aws, name)
        with pytest.raises(ClientError, match="ChangeSetNotFound"):
            formation.describe_change_set(**asked)
