"""A bucket tells queues, topics and functions of its objects."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws import stacks
from tests.local_aws.function_zip import create_function
from tests.local_aws.test_events import create_queue, create_topic, received

CREATED = ["s3:ObjectCreated:*"]


def create_bucket(local_aws: LocalAws) -> str:
    name = f"telling-{uuid.uuid4().hex[:8]}"
    local_aws.client("s3").create_bucket(Bucket=name)
    return name


def notify(local_aws: LocalAws, bucket: str, **configuration: Any) -> None:
    options = {"SkipDestinationValidation": configuration.pop("skip", False)}
    local_aws.client("s3").put_bucket_notification_configuration(
        Bucket=bucket, NotificationConfiguration=configuration, **options
    )


def key_filter(**rules: str) -> dict[str, Any]:
    given = [{"Name": name, "Value": value} for name, value in rules.items()]
    return {"Filter": {"Key": {"FilterRules": given}}}


def test_queue_hears_of_a_test_and_of_each_object(local_aws: LocalAws) -> None:
    bucket, s3, (url, arn) = (
        create_bucket(local_aws),
        local_aws.client("s3"),
        create_queue(local_aws),
    )
    events = [*CREATED, "s3:ObjectRemoved:Delete"]
    notify(local_aws, bucket, QueueConfigurations=[{"Id": "q", "QueueArn": arn, "Events": events}])
    (probe,) = received(local_aws, url)
    assert (probe["Event"], probe["Bucket"]) == ("s3:TestEvent", bucket)
    s3.put_object(Bucket=bucket, Key="a b.csv", Body=b"12")
    s3.delete_object(Bucket=bucket, Key="a b.csv")
    made, removed = (message["Records"][0] for message in received(local_aws, url, count=2))
    assert (made["eventName"], made["eventSource"]) == ("ObjectCreated:Put", "aws:s3")
    assert (made["s3"]["object"]["key"], made["s3"]["object"]["size"]) == ("a+b.csv", 2)
    assert (made["s3"]["configurationId"], made["s3"]["bucket"]["name"]) == ("q", bucket)
    assert removed["eventName"] == "ObjectRemoved:Delete"
    assert "size" not in removed["s3"]["object"]


def test_only_keys_of_the_filter_are_told(local_aws: LocalAws) -> None:
    bucket, s3, (url, arn) = (
        create_bucket(local_aws),
        local_aws.client("s3"),
        create_queue(local_aws),
    )
    chosen = key_filter(prefix="data/", suffix=".csv")
    notify(local_aws, bucket, QueueConfigurations=[{"QueueArn": arn, "Events": CREATED, **chosen}])
    received(local_aws, url)  # the test
    for key in ("other/a.csv", "data/a.json", "data/a.csv"):
        s3.put_object(Bucket=bucket, Key=key, Body=b"")
    (told,) = received(local_aws, url)
    assert told["Records"][0]["s3"]["object"]["key"] == "data/a.csv"


def test_each_change_is_told_once_whatever_it_takes(local_aws: LocalAws) -> None:
    bucket, s3, (url, arn) = (
        create_bucket(local_aws),
        local_aws.client("s3"),
        create_queue(local_aws),
    )
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    events = [*CREATED, "s3:ObjectRemoved:*", "s3:ObjectTagging:*"]
    notify(local_aws, bucket, QueueConfigurations=[{"QueueArn": arn, "Events": events}])
    received(local_aws, url)  # the test
    it = {"Bucket": bucket, "Key": "a.csv"}
    upload = it | {"UploadId": s3.create_multipart_upload(**it)["UploadId"]}
    part = {"PartNumber": 1, "ETag": s3.upload_part(**upload, PartNumber=1, Body=b"1")["ETag"]}
    s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": [part]})
    version = s3.put_object(**it, Body=b"2", Tagging="by=me")["VersionId"]
    marker = s3.delete_object(**it)["VersionId"]
    s3.delete_object(**it, VersionId=version)
    told = [message["Records"][0] for message in received(local_aws, url, count=4)]
    assert [each["eventName"] for each in told] == [
        "ObjectCreated:CompleteMultipartUpload",
        "ObjectCreated:Put",
        "ObjectRemoved:DeleteMarkerCreated",
        "ObjectRemoved:Delete",
    ]
    versions = [each["s3"]["object"]["versionId"] for each in told[1:]]
    assert versions == [version, marker, version]


def test_topic_passes_it_on(local_aws: LocalAws) -> None:
    bucket, sns, (url, queue) = (
        create_bucket(local_aws),
        local_aws.client("sns"),
        create_queue(local_aws),
    )
    topic = create_topic(local_aws)
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue)
    notify(local_aws, bucket, TopicConfigurations=[{"TopicArn": topic, "Events": CREATED}])
    local_aws.client("s3").put_object(Bucket=bucket, Key="a.csv", Body=b"")
    _, told = received(local_aws, url, count=2)
    assert told["Subject"] == "Amazon S3 Notification"
    assert json.loads(told["Message"])["Records"][0]["s3"]["object"]["key"] == "a.csv"


def permitted_function(local_aws: LocalAws, bucket: str, source: str) -> str:
    functions, name = local_aws.client("lambda"), create_function(local_aws, source)
    functions.add_permission(
        FunctionName=name, StatementId="s3", Action="lambda:InvokeFunction",
        Principal="s3.amazonaws.com", SourceArn=f"arn:aws:s3:::{bucket}",
    )  # fmt: skip
    return str(functions.get_function(FunctionName=name)["Configuration"]["FunctionArn"])


def test_function_is_called_with_the_object(local_aws: LocalAws) -> None:
    bucket, s3 = create_bucket(local_aws), local_aws.client("s3")
    source = f"""
import boto3
def handler(event, context):
    key = event["Records"][0]["s3"]["object"]["key"]
    boto3.client("s3").put_object(Bucket="{bucket}", Key=f"seen/{{key}}", Body=b"")
"""
    arn = permitted_function(local_aws, bucket, source)
    chosen = {"LambdaFunctionArn": arn, "Events": CREATED, **key_filter(suffix=".csv")}
    notify(local_aws, bucket, LambdaFunctionConfigurations=[chosen])
    s3.put_object(Bucket=bucket, Key="a.csv", Body=b"")
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        listed = s3.list_objects_v2(Bucket=bucket, Prefix="seen/").get("Contents", [])
        if listed:
            break
        time.sleep(0.1)
    assert [each["Key"] for each in listed][:1] == ["seen/a.csv"]
    notify(local_aws, bucket)


NOBODY = "arn:aws:{}:us-east-1:123456789012:{}nobody"


@pytest.mark.parametrize(
    "configuration",
    [
        {"QueueConfigurations": [{"QueueArn": NOBODY.format("sqs", ""), "Events": CREATED}]},
        {"TopicConfigurations": [{"TopicArn": NOBODY.format("sns", ""), "Events": CREATED}]},
        {"LambdaFunctionConfigurations": [
            {"LambdaFunctionArn": NOBODY.format("lambda", "function:"), "Events": CREATED}]},
    ],
    ids=["queue", "topic", "function"],
)  # fmt: skip
def test_destination_must_be_there_unless_that_is_skipped(
    local_aws: LocalAws, configuration: dict[str, Any]
) -> None:
    bucket = create_bucket(local_aws)
    with pytest.raises(ClientError, match="Unable to validate the following destination") as error:
        notify(local_aws, bucket, **configuration)
    assert error.value.response["Error"]["Code"] == "InvalidArgument"
    notify(local_aws, bucket, **configuration, skip=True)


def test_function_must_let_s3_call_it(local_aws: LocalAws) -> None:
    name = create_function(local_aws, "def handler(*_): pass")
    function = local_aws.client("lambda").get_function(FunctionName=name)["Configuration"]
    told = {"LambdaFunctionArn": function["FunctionArn"], "Events": CREATED}
    with pytest.raises(ClientError, match="Unable to validate the following destination"):
        notify(local_aws, create_bucket(local_aws), LambdaFunctionConfigurations=[told])


@pytest.mark.parametrize(
    "given",
    [
        {"SourceArn": "arn:aws:s3:::another"},
        {"SourceArn": "arn:aws:s3:::{bucket}", "SourceAccount": "999999999999"},
        {"Principal": "sns.amazonaws.com"},
    ],
    ids=["another bucket", "another account", "another service"],
)
def test_function_must_let_s3_call_it_for_this_bucket(
    local_aws: LocalAws, given: dict[str, str]
) -> None:
    bucket, name = create_bucket(local_aws), create_function(local_aws, "def handler(*_): pass")
    functions = local_aws.client("lambda")
    permission = {"Principal": "s3.amazonaws.com"} | given
    functions.add_permission(
        FunctionName=name,
        StatementId="other",
        Action="lambda:InvokeFunction",
        **{key: value.format(bucket=bucket) for key, value in permission.items()},
    )
    arn = functions.get_function(FunctionName=name)["Configuration"]["FunctionArn"]
    told = {"LambdaFunctionArn": arn, "Events": CREATED}
    with pytest.raises(ClientError, match="Unable to validate the following destination"):
        notify(local_aws, bucket, LambdaFunctionConfigurations=[told])


def test_queue_that_keeps_an_order_is_not_told(local_aws: LocalAws) -> None:
    name = f"{uuid.uuid4().hex[:8]}.fifo"
    local_aws.client("sqs").create_queue(QueueName=name, Attributes={"FifoQueue": "true"})
    told = {"QueueArn": f"arn:aws:sqs:us-east-1:123456789012:{name}", "Events": CREATED}
    with pytest.raises(ClientError, match="Unable to validate the following destination"):
        notify(local_aws, create_bucket(local_aws), QueueConfigurations=[told])


def test_configuration_has_an_id_and_a_prefix_of_its_own(local_aws: LocalAws) -> None:
    bucket, (_, arn) = create_bucket(local_aws), create_queue(local_aws)
    one = {"Id": "one", "QueueArn": arn, "Events": CREATED}
    other = {"Id": "one", "QueueArn": arn, "Events": ["s3:ObjectRemoved:*"]}
    with pytest.raises(ClientError, match="IDs must be unique"):
        notify(local_aws, bucket, QueueConfigurations=[one, other])
    rules = [{"Name": "Prefix", "Value": each} for each in ("a/", "b/")]
    twice = one | {"Filter": {"Key": {"FilterRules": rules}}}
    with pytest.raises(ClientError, match="Cannot specify more than one prefix rule in a filter"):
        notify(local_aws, bucket, QueueConfigurations=[twice])
    notify(
        local_aws,
        bucket,
        QueueConfigurations=[one | {"Filter": {"Key": {"FilterRules": rules[:1]}}}],
    )


def test_two_configurations_do_not_share_an_event_of_one_key(local_aws: LocalAws) -> None:
    bucket, (_, arn) = create_bucket(local_aws), create_queue(local_aws)
    one = {"QueueArn": arn, "Events": CREATED, **key_filter(prefix="data/")}
    inside = {"QueueArn": arn, "Events": ["s3:ObjectCreated:Put"], **key_filter(prefix="data/a")}
    with pytest.raises(ClientError, match="Configurations overlap"):
        notify(local_aws, bucket, QueueConfigurations=[one, inside])
    beside = inside | key_filter(prefix="other/")
    notify(local_aws, bucket, QueueConfigurations=[one, beside])


def test_bucket_of_a_stack_tells_what_its_template_says(local_aws: LocalAws) -> None:
    name, (url, arn) = stacks.new_name(), create_queue(local_aws)
    rules = [{"Name": "suffix", "Value": ".csv"}]
    told = {"Event": CREATED[0], "Queue": arn, "Filter": {"S3Key": {"Rules": rules}}}
    bucket = {"BucketName": name, "NotificationConfiguration": {"QueueConfigurations": [told]}}
    template = {"Resources": {"Bucket": {"Type": "AWS::S3::Bucket", "Properties": bucket}}}
    assert stacks.create(local_aws, name, template)["StackStatus"] == "CREATE_COMPLETE"
    received(local_aws, url)  # the test
    local_aws.client("s3").put_object(Bucket=name, Key="a.csv", Body=b"")
    (event,) = received(local_aws, url)
    assert event["Records"][0]["s3"]["object"]["key"] == "a.csv"


@pytest.mark.parametrize("kind", ["Queue", "Topic"])
def test_what_has_no_policy_is_told_and_what_has_one_only_if_that_says_so(
    local_aws: LocalAws, kind: str
) -> None:
    """AWS refuses both; a try by hand begins without a policy."""
    name, bucket = uuid.uuid4().hex[:8], create_bucket(local_aws)
    sqs, sns = local_aws.client("sqs"), local_aws.client("sns")
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    queue = f"arn:aws:sqs:us-east-1:123456789012:{name}"
    topic = sns.create_topic(Name=name)["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue)
    told = {f"{kind}Arn": {"Queue": queue, "Topic": topic}[kind], "Events": CREATED}
    notify(local_aws, bucket, **{f"{kind}Configurations": [told]})
    local_aws.client("s3").put_object(Bucket=bucket, Key="a.csv", Body=b"1")
    _test, message = received(local_aws, url, count=2)
    assert "a.csv" in json.dumps(message)

    owner = {"AWS": "arn:aws:iam::123456789012:root"}
    for_nobody_else = {"Effect": "Allow", "Principal": owner, "Action": "*", "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [for_nobody_else]})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=policy)
    with pytest.raises(ClientError, match="Unable to validate the following destination"):
        notify(local_aws, create_bucket(local_aws), **{f"{kind}Configurations": [told]})
