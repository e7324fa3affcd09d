"""Talks to AWS for one execution; what executions leave behind is another file's affair."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import islice
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from tuning.data.s3_location import ChannelObject, S3Location, S3Object
from tuning.errors import MissingData
from tuning.failure.notification import Notification
from tuning.request_types import (
    ModelPackageGroupRequest,
    ModelPackageRequest,
    TrainingJobAnswer,
    TuningJobAnswer,
)
from tuning.trials.trials import Trial, TuningJob
from tuning.variables.approval import ApprovalAnswer

# Adaptive: slows down by itself while AWS throttles, which a large tuning job can cause.
_RETRIES = Config(retries={"mode": "adaptive", "total_max_attempts": 8})


@cache
def client(service: str) -> Any:
    """The boto3 client of a service, made once per Lambda environment."""
    return boto3.client(service, config=_RETRIES)  # type: ignore[call-overload]


# What a call can raise: an answer that is an error, or no answer.
AWS_ERRORS = (ClientError, BotoCoreError)


def is_gone(error: ClientError) -> bool:
    """SageMaker has no error code of its own for a missing resource, only these words."""
    message = error.response["Error"]["Message"]
    return "Could not find" in message or "does not exist" in message


def describe(operation: str, **name: str) -> dict[str, Any]:
    """The answer of an operation that describes a resource of SageMaker; empty when it is gone."""
    try:
        described: dict[str, Any] = getattr(client("sagemaker"), operation)(**name)
    except ClientError as error:
        if not is_gone(error):
            raise
        return {}
    return described


# Answers of S3 that the person who named the data can do something about.
_UNREADABLE = {
    "NoSuchBucket": "There is no such bucket. Check the name, and that it is in this account.",
    "NoSuchKey": "The object was deleted meanwhile. Start again.",
    "AccessDenied": "Retune may not read it. Name its bucket in the deployment setting "
    "retune:read_buckets, and look at the bucket's policy and key.",
    "InvalidObjectState": "It is archived. Restore it first.",
}
# HEAD has no body: boto3 takes the status for the code.
_UNREADABLE |= {"403": _UNREADABLE["AccessDenied"], "404": _UNREADABLE["NoSuchKey"]}


@contextmanager
def _reading(location: S3Location) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        reason = _UNREADABLE.get(error.response["Error"]["Code"])
        if reason is None:
            raise
        raise MissingData(f"'{location}': {reason}") from error


def list_objects(location: S3Location) -> list[S3Object]:
    """The first objects, up to 1000, whose keys begin with the location's key, in key order."""
    with _reading(location):
        page = client("s3").list_objects_v2(Bucket=location.bucket, Prefix=location.key)
    return [S3Object(entry["Key"], entry["Size"]) for entry in page.get("Contents", [])]


def list_level(location: S3Location) -> list[str]:
    """Keys and "folders" (ending with /) that begin with the location's key, one level deep."""
    with _reading(location):
        page = client("s3").list_objects_v2(
            Bucket=location.bucket, Prefix=location.key, Delimiter="/"
        )
    keys = [entry["Key"] for entry in page.get("Contents", [])]
    return keys + [entry["Prefix"] for entry in page.get("CommonPrefixes", [])]


def read_start(location: S3Location, size_bytes: int) -> bytes:
    """The first bytes of an object that is not empty."""
    with _reading(location):
        answer = client("s3").get_object(
            Bucket=location.bucket, Key=location.key, Range=f"bytes=0-{size_bytes - 1}"
        )
        content: bytes = answer["Body"].read()
    return content


def list_channel(location: S3Location) -> list[ChannelObject]:
    """Every object with data whose key begins with the location's key, in key order."""
    with _reading(location):
        pages = client("s3").get_paginator("list_objects_v2")
        found = pages.paginate(Bucket=location.bucket, Prefix=location.key)
        entries = [entry for page in found for entry in page.get("Contents", [])]
    return [ChannelObject.parse(entry) for entry in entries if entry["Size"]]


def read_lines(location: S3Location) -> Iterator[bytes]:
    """The lines of an object, without holding it in memory."""
    with _reading(location):
        answer = client("s3").get_object(Bucket=location.bucket, Key=location.key)
        yield from answer["Body"].iter_lines(chunk_size=1024 * 1024)


def open_object(location: S3Location) -> Any:
    """The body of an object, to be read in parts."""
    with _reading(location):
        return client("s3").get_object(Bucket=location.bucket, Key=location.key)["Body"]


def read_text(location: S3Location) -> str:
    """A whole object."""
    with _reading(location):
        answer = client("s3").get_object(Bucket=location.bucket, Key=location.key)
        text: str = answer["Body"].read().decode()
    return text


def read_if_there(location: S3Location) -> str | None:
    """A whole object, or None. Needs s3:ListBucket: without it, S3 denies what is not there."""
    try:
        answer = client("s3").get_object(Bucket=location.bucket, Key=location.key)
    except client("s3").exceptions.NoSuchKey:
        return None
    text: str = answer["Body"].read().decode()
    return text


def version_of(location: S3Location) -> str | None:
    """The version of an object, where its bucket keeps versions."""
    with _reading(location):
        answer = client("s3").head_object(Bucket=location.bucket, Key=location.key)
    version: str | None = answer.get("VersionId")
    return version


def write_object(location: S3Location, content: bytes, content_type: str) -> None:
    """Puts an object in place of what lies there."""
    client("s3").put_object(
        Bucket=location.bucket, Key=location.key, Body=content, ContentType=content_type
    )


def create_object(location: S3Location, content: bytes, content_type: str) -> bool:
    """Puts an object where none lies; False when somebody else was faster."""
    try:
        client("s3").put_object(
            Bucket=location.bucket,
            Key=location.key,
            Body=content,
            ContentType=content_type,
            IfNoneMatch="*",
        )
    except ClientError as error:
        # 409: another conditional write of the same key is under way.
        if error.response["Error"]["Code"] in ("PreconditionFailed", "ConditionalRequestConflict"):
            return False
        raise
    return True


def read_tuning_job(name: str) -> TuningJob:
    """DescribeHyperParameterTuningJob."""
    return TuningJob.parse(
        client("sagemaker").describe_hyper_parameter_tuning_job(HyperParameterTuningJobName=name)
    )


def describe_tuning_job(name: str) -> TuningJobAnswer | None:
    """DescribeHyperParameterTuningJob as it answers; None when there is no such tuning job."""
    try:
        answer: TuningJobAnswer = client("sagemaker").describe_hyper_parameter_tuning_job(
            HyperParameterTuningJobName=name
        )
    except client("sagemaker").exceptions.ResourceNotFound:
        return None
    return answer


def latest_tuning_jobs(prefix: str, count: int) -> list[str]:
    """Names of the latest tuning jobs that ended and whose names begin so, newest first."""
    pages = client("sagemaker").get_paginator("list_hyper_parameter_tuning_jobs")
    names = (
        job["HyperParameterTuningJobName"]
        for page in pages.paginate(
            NameContains=prefix, SortBy="CreationTime", SortOrder="Descending"
        )
        for job in page["HyperParameterTuningJobSummaries"]
        if job["HyperParameterTuningJobStatus"] in ("Completed", "Stopped")
        and job["HyperParameterTuningJobName"].startswith(prefix)
    )
    return list(islice(names, count))


def read_trials(tuning_job_name: str) -> list[Trial]:
    """All training jobs of a tuning job, in the order of their creation.

    Sorted by metric, SageMaker would leave out those that have none.
    """
    pages = client("sagemaker").get_paginator("list_training_jobs_for_hyper_parameter_tuning_job")
    answers = pages.paginate(
        HyperParameterTuningJobName=tuning_job_name,
        SortBy="CreationTime",
        PaginationConfig={"PageSize": 100},
    )
    return [Trial.parse(entry) for page in answers for entry in page["TrainingJobSummaries"]]


def describe_training_job(name: str) -> TrainingJobAnswer:
    """DescribeTrainingJob as it answers."""
    answer: TrainingJobAnswer = client("sagemaker").describe_training_job(TrainingJobName=name)
    return answer


def ensure_model_package_group(group: ModelPackageGroupRequest) -> None:
    """CreateModelPackageGroup, unless there is one of that name already."""
    try:
        client("sagemaker").create_model_package_group(**group)
    except ClientError as error:
        if "already exists" not in error.response["Error"]["Message"]:
            raise


def create_model_package(request: ModelPackageRequest) -> str:
    """CreateModelPackage; returns the package's ARN."""
    return str(client("sagemaker").create_model_package(**request)["ModelPackageArn"])


def describe_model_package(arn: str) -> dict[str, Any]:
    """DescribeModelPackage as it answers; empty when somebody has deleted it."""
    return describe("describe_model_package", ModelPackageName=arn)


def send_decision(token: str, decided: ApprovalAnswer) -> bool:
    """Lets the state that waits with this token go on, or fail as NotApproved.

    `decided` is what tuning.registry.approval.answer says. Returns False when the state waits no
    more.
    """
    stepfunctions, answer = client("stepfunctions"), json.dumps(decided.to_document())
    gone = stepfunctions.exceptions
    try:
        if decided.model_approval_status == "Approved":
            stepfunctions.send_task_success(taskToken=token, output=answer)
        else:
            stepfunctions.send_task_failure(taskToken=token, error="NotApproved", cause=answer)
    except (gone.TaskTimedOut, gone.TaskDoesNotExist, gone.InvalidToken):
        return False
    return True


def invoke_endpoint(name: str, body: str | bytes, *, content_type: str, accept: str) -> str:
    """The endpoint's answer as text; ClientError `ModelError` when the container refuses."""
    answer = client("sagemaker-runtime").invoke_endpoint(
        EndpointName=name,
        Body=body if isinstance(body, bytes) else body.encode(),
        ContentType=content_type,
        Accept=accept,
    )
    text: str = answer["Body"].read().decode()
    return text


def publish(topic_arn: str, notification: Notification) -> str:
    """Publish of Amazon SNS; returns the message's id."""
    outcome = {"DataType": "String", "StringValue": notification.outcome}
    answer = client("sns").publish(
        TopicArn=topic_arn,
        Subject=notification.subject,
        Message=notification.message,
        MessageAttributes={"Outcome": outcome},
    )
    return str(answer["MessageId"])
