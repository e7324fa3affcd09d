"""ExpireLogs: has CloudWatch keep the logs of SageMaker's jobs and endpoints for so many days.

SageMaker makes the groups when a job or endpoint first writes to them, so that a stack can neither
make them, where they are, nor know those of endpoints to come.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import log_groups
from tuning.aws.log_groups import LogGroup
from tuning.aws.pagination import entries, tags_of
from tuning.environment import ExpiringEnvironment
from tuning.names import ENDPOINT_LOGS, JOB_LOGS
from tuning.own_names import is_own_name
from tuning.tags import PREFIX_TAG

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Returns the names of the groups that were {"Changed"}.

    Each setting is for the groups that it speaks of, and for no others.
    """
    environment = ExpiringEnvironment.parse(os.environ)
    changed: list[str] = []
    if environment.account_job_days is not None:
        changed += _keep(_of_jobs(), environment.account_job_days)
    if environment.endpoint_days is not None:
        changed += _keep(_of_endpoints(environment.name_prefix), environment.endpoint_days)
    logger.info("Expires", extra={"changed": changed})
    return {"Changed": changed}


def _keep(groups: Iterator[LogGroup], days: int) -> Iterator[str]:
    for group in groups:
        if group.days != days:
            log_groups.keep(group.name, days)
            yield group.name


def _of_jobs() -> Iterator[LogGroup]:
    """Which all jobs of the account share."""
    for name in JOB_LOGS:
        yield from (group for group in log_groups.beginning(name) if group.name == name)


def _of_endpoints(prefix: str) -> Iterator[LogGroup]:
    """Of the deployment's endpoints, also of those that are gone."""
    others = _endpoints_of_others(prefix)
    for group in log_groups.beginning(f"{ENDPOINT_LOGS}{prefix}"):
        endpoint = group.name.removeprefix(ENDPOINT_LOGS)
        if is_own_name(prefix, endpoint) and endpoint not in others:
            yield group


def _endpoints_of_others(prefix: str) -> set[str]:
    """Those that another deployment has made, under names that might be of this one."""
    return {
        entry["EndpointName"]
        for entry in entries("list_endpoints", "Endpoints", prefix)
        if is_own_name(prefix, entry["EndpointName"])
        and tags_of(entry["EndpointArn"]).get(PREFIX_TAG, prefix) != prefix
    }
