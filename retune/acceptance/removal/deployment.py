"""What was deployed: the stack, its bucket, and the logs that stay when both are gone."""

from __future__ import annotations

from tuning.own_names import is_own_name

from retune.acceptance.removal.kind import Kind, own, pages
from retune.aws import Aws, is_local
from retune.deployment.left_by_stack import empty, is_empty, left_buckets

_LOGS = ("/aws/lambda/", "/aws/vendedlogs/states/", "/aws/sagemaker/Endpoints/")
_TRAINING_LOGS = ("TrainingJobs", "TransformJobs", "ProcessingJobs")


def _full_buckets(aws: Aws, prefix: str) -> list[str]:
    return [name for name in left_buckets(aws, prefix) if not is_empty(aws, name)]


def _stacks(aws: Aws, prefix: str) -> list[str]:
    """The app's, and those that a scenario has made; nested ones go with theirs."""
    found = pages(aws, "cloudformation", "describe_stacks", "Stacks")
    return own(prefix, (each["StackName"] for each in found))


def _remove_stack(aws: Aws, name: str) -> None:
    """By the role that deployed it, as CloudFormation does unless told otherwise."""
    cloudformation = aws.client("cloudformation")
    cloudformation.delete_stack(StackName=name)
    pauses = {"Delay": 1 if is_local() else 10, "MaxAttempts": 180}
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=name, WaiterConfig=pauses)


def _log_groups(aws: Aws, prefix: str) -> list[str]:
    """Not those of an app whose prefix begins alike."""
    return [
        group["logGroupName"]
        for start in _LOGS
        for group in pages(
            aws,
            "logs",
            "describe_log_groups",
            "logGroups",
            logGroupNamePrefix=start + prefix,
        )
        if is_own_name(prefix, group["logGroupName"].removeprefix(start))
    ]


def _log_streams(aws: Aws, prefix: str) -> list[str]:
    """Of jobs, which share a log group with those of the whole account."""
    groups = [f"/aws/sagemaker/{kind}" for kind in _TRAINING_LOGS]
    there = {
        each["logGroupName"]
        for each in pages(
            aws, "logs", "describe_log_groups", "logGroups", logGroupNamePrefix="/aws/sagemaker/"
        )
    }
    return [
        f"{group}|{stream['logStreamName']}"
        for group in groups
        if group in there
        for stream in pages(
            aws,
            "logs",
            "describe_log_streams",
            "logStreams",
            logGroupName=group,
            logStreamNamePrefix=f"{prefix}-",
        )
    ]


def _remove_stream(aws: Aws, place: str) -> None:
    group, stream = place.split("|")
    aws.client("logs").delete_log_stream(logGroupName=group, logStreamName=stream)


FULL_BUCKETS = Kind("bucket with data", _full_buckets, empty)
STACK = Kind("stack", _stacks, _remove_stack)
BUCKETS = Kind(
    "bucket", left_buckets, lambda aws, name: aws.client("s3").delete_bucket(Bucket=name)
)
LOG_GROUPS = Kind(
    "log group",
    _log_groups,
    lambda aws, name: aws.client("logs").delete_log_group(logGroupName=name),
)
LOG_STREAMS = Kind("log stream", _log_streams, _remove_stream)
