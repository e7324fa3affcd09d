"""Reads the lists of SageMaker and Step Functions while others delete what is in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from tuning.aws.clients import client, is_gone

MOST_OF_A_PAGE = 100  # which SageMaker gives where it is asked to; else ten


def entries(
    operation: str, key: str, name_start: str = "", filters: dict[str, str] | None = None
) -> Iterator[dict[str, Any]]:
    """Everything that a list operation of SageMaker answers under `key`, page after page.

    With `name_start`, what has a name that begins so. SageMaker looks for it anywhere in a name:
    what it finds of other apps, no role of this one may look at. `filters` are further parameters.
    """
    named = {"NameContains": name_start} if name_start else {}
    name = f"{key.removesuffix('Summaries').removesuffix('s')}Name"
    pages = (
        client("sagemaker")
        .get_paginator(operation)
        .paginate(**named, **(filters or {}), PaginationConfig={"PageSize": MOST_OF_A_PAGE})
    )
    for page in pages:
        yield from (
            each for each in page[key] if not name_start or each[name].startswith(name_start)
        )


def tags_of(arn: str) -> dict[str, str]:
    """The tags of a resource; none when somebody has deleted it since it was listed."""
    pages = client("sagemaker").get_paginator("list_tags").paginate(ResourceArn=arn)
    try:
        return {tag["Key"]: tag["Value"] for page in pages for tag in page["Tags"]}
    except ClientError as error:
        if not is_gone(error):
            raise
        return {}


def running_executions(state_machine_arn: str) -> Iterator[str]:
    """ARNs of the executions that run."""
    pages = client("stepfunctions").get_paginator("list_executions")
    for page in pages.paginate(stateMachineArn=state_machine_arn, statusFilter="RUNNING"):
        yield from (execution["executionArn"] for execution in page["executions"])
