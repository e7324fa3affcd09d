"""Log groups of CloudWatch, and how long they keep their logs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tuning.aws.clients import client


@dataclass(frozen=True)
class LogGroup:
    """`days` is how long it keeps its logs, None for ever."""

    name: str
    days: int | None


def beginning(start: str) -> Iterator[LogGroup]:
    """The groups whose names begin so."""
    pages = client("logs").get_paginator("describe_log_groups")
    for page in pages.paginate(logGroupNamePrefix=start):
        for group in page["logGroups"]:
            yield LogGroup(group["logGroupName"], group.get("retentionInDays"))


def keep(name: str, days: int) -> None:
    client("logs").put_retention_policy(logGroupName=name, retentionInDays=days)
