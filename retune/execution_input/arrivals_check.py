"""Buckets of a model's channels that do not tell EventBridge of the objects it waits for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError
from tuning.checks.check_input import check_input
from tuning.environment import PlanningEnvironment

from configuration.document import Document
from configuration.watched_places import watched_places
from retune.aws import Aws


def untold_arrivals(
    aws: Aws, document: Mapping[str, Any], source: Document, environment: PlanningEnvironment
) -> Iterator[str]:
    """A warning for each; the data bucket that the stack makes tells once it is deployed so."""
    if source.value.get("Arrivals") is None:
        return
    run = check_input(
        document, name_prefix=environment.name_prefix, defaults=environment.default_input
    )
    for bucket in watched_places(run, environment.bucket):
        if bucket != environment.bucket and not _tells(aws, bucket):
            yield (
                f"Arrivals: the bucket {bucket} does not tell EventBridge of new objects, so that "
                "they start no run. Its owner turns that on: Properties, Amazon EventBridge, On."
            )


def _tells(aws: Aws, bucket: str) -> bool:
    """Whoever may not read the setting is told nothing."""
    try:
        found = aws.client("s3").get_bucket_notification_configuration(Bucket=bucket)
    except ClientError:
        return True
    return "EventBridgeConfiguration" in found
