"""A model that is kept tuned: what a file of `models/` says, and what its name may be.

It is an execution input with four fields more: `Owner`, `TrainingRoleArn`, `Schedule` and
`Arrivals`. The deployed schedule holds the first two as well, in the input of the execution that it
starts.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, ConfigDict, Field, ValidationInfo, field_validator

from tuning.execution_input.execution_input import ExecutionInput, complete_schema
from tuning.execution_input.sagemaker_model import SageMakerModel

_FORM = re.compile(r"(rate|cron|at)\((.+)\)")
_RATE = re.compile(r"[1-9][0-9]* (minute|hour|day)s?")
_CRON_FIELDS = 6


def _expression(text: str) -> str:
    """One of EventBridge Scheduler's; which days and hours there are, it checks itself."""
    form = _FORM.fullmatch(text)
    if form is None:
        raise ValueError("It must be rate(...), cron(...) or at(...)")
    kind, inner = form.groups()
    {"rate": _check_rate, "cron": _check_cron, "at": _check_moment}[kind](inner)
    return text


def _check_rate(text: str) -> None:
    if not _RATE.fullmatch(text):
        raise ValueError("A rate is a whole number of minutes, hours or days")


def _check_cron(text: str) -> None:
    fields = text.split()
    if len(fields) != _CRON_FIELDS:
        raise ValueError(f"cron has 6 fields, the year included, and not {len(fields)}")
    if (fields[2] == "?") == (fields[4] == "?"):
        raise ValueError("Exactly one of cron's day of month and day of week must be ?")


def _check_moment(text: str) -> None:
    try:
        datetime.strptime(text, "%Y-%m-%dT%H:%M:%S")
    except ValueError:
        raise ValueError("A moment is written yyyy-mm-ddThh:mm:ss") from None


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        known = available_timezones()
    else:
        return name
    if known:  # a machine may have no table of them
        raise ValueError("There is no such time zone")
    return name


class Schedule(SageMakerModel):
    """When the model is tuned by itself."""

    expression: Annotated[str, AfterValidator(_expression)] = Field(
        description="rate(...), cron(...) or at(...) of EventBridge Scheduler."
    )
    time_zone: Annotated[str, AfterValidator(_time_zone)] = Field(
        default="UTC", description="IANA's name of the time zone of a cron or at expression."
    )
    state: Literal["ENABLED", "DISABLED"] = Field(
        default="ENABLED", description="DISABLED starts nothing until it is deployed otherwise."
    )


class Arrivals(SageMakerModel):
    """New objects in a channel start a run, once no more have come for a while."""

    quiet_in_seconds: int = Field(
        default=300, ge=1, le=86_400, description="How long no object must have come."
    )
    max_wait_in_seconds: int | None = Field(
        default=None,
        ge=1,
        le=604_800,
        description="So long after the first one the run starts although more keep coming; without "
        "it twelve times the quiet time.",
    )

    @field_validator("max_wait_in_seconds")
    @classmethod
    def _at_least_the_quiet_time(cls, seconds: int | None, info: ValidationInfo) -> int | None:
        if seconds is not None and seconds < info.data.get("quiet_in_seconds", 0):
            raise ValueError("It must be at least QuietInSeconds")
        return seconds

    @property
    def longest_wait_in_seconds(self) -> int:
        """Of a steady stream."""
        return self.max_wait_in_seconds or 12 * self.quiet_in_seconds


def _complete_schema(schema: dict[str, Any]) -> None:
    """The model's name is the file's, and no schedule rolls back or imports."""
    complete_schema(schema)
    for of_executions in ("ModelName", "Rollback", "Import"):
        del schema["properties"][of_executions]


class ModelFile(ExecutionInput):
    """A model that Retune keeps tuned; its name is the file's."""

    model_config = ConfigDict(json_schema_extra=_complete_schema)

    schedule: Schedule | None = Field(
        default=None, description="Without it, the model is tuned only when somebody starts it."
    )
    arrivals: Arrivals | None = Field(
        default=None, description="Without it, new data wait for the schedule or for somebody."
    )
