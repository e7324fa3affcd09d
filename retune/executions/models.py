"""The deployed models, and how each of them stands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError
from local_sagemaker.services.scheduler.expression import next_time
from tuning.aws.shared_models import shared_models
from tuning.execution_input.endpoint_name import endpoint_of, parsed
from tuning.failure.outcomes import DEPLOYED
from tuning.names import region_of
from tuning.prices.billing import month_cost
from tuning.schedules.expression import rate_start
from tuning.variables.cost import Cost
from tuning.variables.imported_model import IMPORTED
from tuning.variables.month_costs import MonthCosts
from tuning.variables.rollback import ROLLED_BACK

from retune.aws import Aws
from retune.deployment.deployed_template import as_schedule
from retune.executions.history import PastRun, past_runs
from retune.stack import Stack

LOOKED_AT = 200  # executions, the newest, among which the last run of each model is sought
_DECIDED = (*DEPLOYED, "KeptChampion", "NotApproved")


@dataclass(frozen=True)
class DeployedModel:
    """A model's schedule, its endpoint and its runs.

    `champion` is the endpoint config that serves, which has its model's name; None without an
    endpoint. `score` is the champion's on the test channel when it was last compared.
    """

    name: str
    owner: str | None
    endpoint_name: str
    schedule: str
    next_run: datetime | None  # None when the schedule is off, or over
    champion: str | None
    since: datetime | None  # when it began to serve
    last_run: PastRun | None
    score: float | None
    this_month: Cost

    def as_document(self) -> dict[str, Any]:
        """For programs."""
        return {
            "ModelName": self.name,
            "Owner": self.owner,
            "EndpointName": self.endpoint_name,
            "Champion": self.champion,
            "ChampionScore": self.score,
            "ServesSince": self.since.isoformat() if self.since else None,
            "LastRun": self.last_run.as_document() if self.last_run else None,
            "ScheduleExpression": self.schedule,
            "NextRun": self.next_run.isoformat() if self.next_run else None,
            "CostThisMonth": self.this_month.to_document(),
        }


def deployed_models(
    aws: Aws, stack: Stack, now: datetime, newest: Sequence[PastRun] | None = None
) -> list[DeployedModel]:
    """Of a stack, by name.

    A page of 100 schedules takes a call; a model three: schedule, endpoint and what it costs; and
    each of the newest 200 executions one, unless they are given.
    """
    runs: dict[str, list[PastRun]] = {}
    for run in past_runs(aws, stack, None, LOOKED_AT) if newest is None else newest:
        runs.setdefault(run.endpoint, []).append(run)
    found = [_model(aws, stack, schedule, runs, now) for schedule in _schedules(aws, stack)]
    return sorted(found, key=lambda model: model.name)


def _schedules(aws: Aws, stack: Stack) -> Iterator[dict[str, Any]]:
    """Those that start the workflow, turned off or not; and of models that share one."""
    scheduler = aws.client("scheduler")
    pages = scheduler.get_paginator("list_schedules")
    for page in pages.paginate(NamePrefix=f"{stack.name_prefix}-"):
        for entry in page["Schedules"]:
            if entry["Target"]["Arn"] == stack.state_machine_arn:
                yield scheduler.get_schedule(Name=entry["Name"], GroupName=entry["GroupName"])
    for model in shared_models(stack.name_prefix).values():
        start = rate_start(model.name, model.expression)
        yield {**as_schedule(model), "Name": model.name, "CreationDate": start}


def _model(
    aws: Aws,
    stack: Stack,
    schedule: dict[str, Any],
    runs: dict[str, list[PastRun]],
    now: datetime,
) -> DeployedModel:
    document = parsed(schedule["Target"].get("Input"))
    name = str(document.get("ModelName") or schedule["Name"])
    endpoint_name = endpoint_of(document) or stack.endpoint_name
    endpoint = _endpoint(aws, endpoint_name)
    own = runs.get(endpoint_name, [])
    return DeployedModel(
        name=name,
        owner=document.get("Owner"),
        endpoint_name=endpoint_name,
        schedule=schedule["ScheduleExpression"],
        next_run=_next_run(schedule, now),
        champion=endpoint.get("EndpointConfigName"),
        since=endpoint.get("LastModifiedTime"),
        last_run=own[0] if own else None,
        score=_score(own) if endpoint else None,
        this_month=_this_month(aws, stack, endpoint_name, now),
    )


def _endpoint(aws: Aws, name: str) -> dict[str, Any]:
    """DescribeEndpoint; empty when there is no such endpoint."""
    try:
        described: dict[str, Any] = aws.client("sagemaker").describe_endpoint(EndpointName=name)
    except ClientError as error:
        if "Could not find" not in error.response["Error"]["Message"]:
            raise
        return {}
    return described


def _next_run(schedule: dict[str, Any], now: datetime) -> datetime | None:
    if schedule["State"] != "ENABLED":
        return None
    zone = schedule.get("ScheduleExpressionTimezone", "UTC")
    return next_time(schedule["ScheduleExpression"], zone, schedule["CreationDate"])(now)


def _score(own: list[PastRun]) -> float | None:
    """Of the newest run that tells it."""
    return next((score for score in map(_champion_score, own) if score is not None), None)


def _champion_score(run: PastRun) -> float | None:
    """After a deployment the candidate is the champion; rollback and import tell its own score."""
    candidate, champion = run.scores
    if run.outcome in (ROLLED_BACK, IMPORTED):
        return run.execution.output.get("Score")
    if run.outcome not in _DECIDED:
        return None
    return candidate if run.outcome in DEPLOYED else champion


def _this_month(aws: Aws, stack: Stack, endpoint_name: str, now: datetime) -> Cost:
    """Of the training jobs of all runs that started in this month (UTC)."""
    key = f"endpoints/{endpoint_name}/costs/{now.astimezone(UTC):%Y-%m}.json"
    s3 = aws.client("s3")
    try:
        content = s3.get_object(Bucket=stack.bucket, Key=key)["Body"].read()
    except s3.exceptions.NoSuchKey:
        return month_cost(region_of(stack.state_machine_arn), MonthCosts())
    return month_cost(region_of(stack.state_machine_arn), MonthCosts.parse(json.loads(content)))
