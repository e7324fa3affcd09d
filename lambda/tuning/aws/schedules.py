"""Schedules of EventBridge Scheduler that start the workflow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tuning.aws.clients import client
from tuning.aws.shared_models import shared_models
from tuning.names import dispatcher


@dataclass(frozen=True)
class Schedule:
    """An enabled schedule: when it fires, with what input, and since when it is as it is.

    Of a model that shares one with others it is not known when it alone was changed.
    """

    name: str
    expression: str
    document: str | None  # text of the execution input
    changed: datetime
    is_shared: bool = False


def schedules_of(state_machine_arn: str, prefix: str) -> Iterator[Schedule]:
    """The enabled schedules whose names begin with the prefix and that start the state machine."""
    scheduler = client("scheduler")
    pages = scheduler.get_paginator("list_schedules")
    for page in pages.paginate(NamePrefix=prefix, State="ENABLED"):
        for entry in page["Schedules"]:
            if entry["Target"]["Arn"] != state_machine_arn:
                continue
            schedule = scheduler.get_schedule(Name=entry["Name"], GroupName=entry["GroupName"])
            yield Schedule(
                name=schedule["Name"],
                expression=schedule["ScheduleExpression"],
                document=schedule["Target"].get("Input"),
                changed=schedule["LastModificationDate"],
            )


def shared_schedules(prefix: str) -> Iterator[Schedule]:
    """The same of models that one schedule starts."""
    models = [each for each in shared_models(prefix).values() if each.state == "ENABLED"]
    if not models:
        return
    schedule = client("scheduler").get_schedule(Name=dispatcher(prefix))
    for model in models:
        yield Schedule(
            name=f"{prefix}-{model.name}",
            expression=model.expression,
            document=json.dumps(model.document),
            changed=schedule["LastModificationDate"],
            is_shared=True,
        )


def model_names(state_machine_arn: str, prefix: str) -> list[str]:
    """The deployed models, whether their schedules are enabled or not: a call for each hundred."""
    start = f"{prefix}-"
    pages = client("scheduler").get_paginator("list_schedules").paginate(NamePrefix=start)
    own = [
        entry["Name"].removeprefix(start)
        for page in pages
        for entry in page["Schedules"]
        if entry["Target"]["Arn"] == state_machine_arn
    ]
    return [*own, *shared_models(prefix)]
