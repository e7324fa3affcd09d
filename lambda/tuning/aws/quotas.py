"""The quotas of the account, as Service Quotas tells them, and the plan that must fit in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from tuning.aws import hosting
from tuning.aws.clients import AWS_ERRORS
from tuning.errors import InvalidInput
from tuning.planning.fleet_concurrency import Needed, held_at_once
from tuning.planning.quota_needs import later, needs, update
from tuning.variables.plan import Plan

_PAGES = 50  # of a hundred quotas; SageMaker has some three thousand
# To know them is worth some seconds, and no more: a run does without.
_CONFIG = Config(
    connect_timeout=3, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 3}
)


def within_quotas(plan: Plan) -> Plan:
    """The plan with warnings: of quotas that the next run will meet, or that cannot be read.

    Raises:
        InvalidInput: with every quota that the run needs more of than the account has.
    """
    try:
        serving = hosting.serving_instances(plan.endpoint.endpoint_name)
        updated = update(plan, serving)
        now = [*needs(plan), *([updated] if updated else [])]
        soon = [] if updated else later(plan)
        values = read_quotas(client(), {name for need in (*now, *soon) for name in need.quotas})
    except AWS_ERRORS as error:
        return _warned(plan, [_unread(error, "this run is")])
    faults = [fault for need in now if (fault := need.fault(values))]
    if faults:
        raise InvalidInput(faults)
    return _warned(plan, [str(fault) for need in soon if (fault := need.fault(values))])


def within_quotas_at_once(asked: int, runs: Sequence[Needed]) -> tuple[int, str]:
    """How many runs of a fleet at a time, and what is to be said of that: nothing, if as asked."""
    try:
        values = read_quotas(client(), {name for run in runs for name in run})
    except AWS_ERRORS as error:
        return asked, _unread(error, f"{asked} runs at a time are")
    return held_at_once(asked, runs, values)


def read_quotas(service_quotas: Any, names: Iterable[str]) -> dict[str, float]:
    """Values by name of those quotas of SageMaker that are listed, a page of 100 a call."""
    wanted, found = set(names), dict[str, float]()
    paginator = service_quotas.get_paginator("list_service_quotas")
    pages = paginator.paginate(
        ServiceCode="sagemaker", PaginationConfig={"PageSize": 100, "MaxItems": 100 * _PAGES}
    )
    for page in pages if wanted else ():
        found |= {q["QuotaName"]: q["Value"] for q in page["Quotas"] if q["QuotaName"] in wanted}
        if len(found) == len(wanted):
            break
    return found


@cache
def client() -> Any:
    return boto3.client("service-quotas", config=_CONFIG)


def _unread(error: Exception, allowed: str) -> str:
    if isinstance(error, ClientError):
        code = error.response["Error"]["Code"]
    else:
        code = type(error).__name__
    return (
        f"The account's quotas could not be read ({code}), so whether {allowed} within them is not "
        "known. Allow servicequotas:ListServiceQuotas, or look at them in Service Quotas."
    )


def _warned(plan: Plan, warnings: list[str]) -> Plan:
    return plan.model_copy(update={"warnings": (*plan.warnings, *warnings)})
