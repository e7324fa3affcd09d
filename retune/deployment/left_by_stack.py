"""What stays when a stack is destroyed, because executions have made it, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tuning.aws import inventory
from tuning.aws.pagination import entries, tags_of
from tuning.tags import PREFIX_TAG
from tuning.variables.cost import Cost

from retune.aws import Aws, is_local
from retune.endpoints.serving import month_of, roles_of
from retune.errors import FailedError
from retune.stack import Stack


@dataclass(frozen=True)
class LeftEndpoint:
    """An endpoint of the app, what its instances cost in a month, and the roles of its models."""

    name: str
    month: Cost
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class LeftByStack:
    """All that is left; `retains_bucket` is false when the stack takes its bucket away."""

    stack: Stack
    endpoints: tuple[LeftEndpoint, ...]
    models: int
    endpoint_configs: int
    model_packages: int
    retains_bucket: bool

    def without_endpoints(self) -> list[str]:
        """A line for each of the things that cost nothing, or only what is stored."""
        prefix = self.stack.name_prefix
        lines = []
        if self.endpoint_configs or self.models:
            lines.append(
                f"{self.endpoint_configs} endpoint configurations and {self.models} models: they "
                "cost nothing. While the stack is there, `retune prune` deletes what is not used."
            )
        if self.model_packages:
            lines.append(
                f"The model package group {prefix} with {self.model_packages} versions: it costs "
                "nothing. A later deployment goes on with it."
            )
        if self.retains_bucket:
            lines.append(
                f"The data bucket {self.stack.bucket}: what S3 asks for what lies in it, which is "
                "not known here. A later deployment goes on with it by data_bucket = "
                f'"{self.stack.bucket}" in retune.toml.'
            )
        return lines


def read_left(stack: Stack, *, retains_bucket: bool) -> LeftByStack:
    """What there is now; running executions may yet make more."""
    found = inventory.read_inventory(stack.name_prefix, stack.state_machine_arn)
    return LeftByStack(
        stack=stack,
        endpoints=tuple(_endpoints(stack)),
        models=len(found.models),
        endpoint_configs=len(found.configs),
        model_packages=len(found.packages),
        retains_bucket=retains_bucket,
    )


def delete_endpoints(aws: Aws, names: Sequence[str]) -> None:
    """Deletes them and waits until they are gone: until then they need their role."""
    sagemaker = aws.client("sagemaker")
    for name in names:
        sagemaker.delete_endpoint(EndpointName=name)
    pauses = {"Delay": 1 if is_local() else 15, "MaxAttempts": 120}
    for name in names:
        waiter = sagemaker.get_waiter("endpoint_deleted")
        waiter.wait(EndpointName=name, WaiterConfig=pauses)


def roles_of_stack(aws: Aws, stack: str) -> set[str]:
    """The names of the roles that go with the stack."""
    pages = aws.client("cloudformation").get_paginator("list_stack_resources")
    resources = (
        each for page in pages.paginate(StackName=stack) for each in page["StackResourceSummaries"]
    )
    return {
        each["PhysicalResourceId"]
        for each in resources
        if each["ResourceType"] == "AWS::IAM::Role" and "PhysicalResourceId" in each
    }


def empty(aws: Aws, bucket: str) -> None:
    """Deletes every version of every object. Raises FailedError for what cannot be deleted."""
    s3 = aws.client("s3")
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
        versions = [
            {"Key": each["Key"], "VersionId": each["VersionId"]}
            for each in (*page.get("Versions", ()), *page.get("DeleteMarkers", ()))
        ]
        if not versions:
            continue
        answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": versions, "Quiet": True})
        for fault in answer.get("Errors", ()):
            raise FailedError(f"s3://{bucket}/{fault['Key']} is not deleted: {fault['Message']}")


def is_empty(aws: Aws, bucket: str) -> bool:
    """Whether a bucket has no object in any version, so that CloudFormation can delete it."""
    found = aws.client("s3").list_object_versions(Bucket=bucket, MaxKeys=1)
    return not found.get("Versions") and not found.get("DeleteMarkers")


def left_buckets(aws: Aws, prefix: str) -> list[str]:
    """Buckets that earlier stacks of this name have made: CloudFormation begins their names so."""
    buckets = aws.client("s3").list_buckets()["Buckets"]
    start = f"{prefix}-databucket".lower()
    return [bucket["Name"] for bucket in buckets if bucket["Name"].startswith(start)]


def _endpoints(stack: Stack) -> Iterator[LeftEndpoint]:
    """By name and tag, since the prefix of another app may begin like this one."""
    prefix = stack.name_prefix
    for entry in entries("list_endpoints", "Endpoints", prefix):
        name = entry["EndpointName"]
        if tags_of(entry["EndpointArn"]).get(PREFIX_TAG) == prefix:
            yield LeftEndpoint(name, month_of(stack, name), roles_of(name))
