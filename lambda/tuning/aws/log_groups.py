"""Log groups of CloudWatch, and how long they keep their logs."""

from __future__ import annotations

from collections.abc import Iterator

from tuning.aws.clients import client


def retentions(prefix: str) -> Iterator[tuple[str, int | None]]:
    """The groups whose names begin so, with the days that they keep logs; None is for ever."""
    pages = client("logs").get_paginator("describe_log_groups")
    for page in pages.paginate(logGroupNamePrefix=prefix):
        for group in page["logGroups"]:
            yield group["logGroupName"], group.get("retentionInDays")


def keep(name: str, days: int) -> None:
    client("logs").put_retention_policy(logGroupName=name, retentionInDays=days)
