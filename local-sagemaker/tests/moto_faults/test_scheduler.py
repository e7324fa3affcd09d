from __future__ import annotations

import pytest

from tests.moto_faults.clients import ROLE, client


def test_a_schedule_that_can_never_fire_is_accepted() -> None:
    scheduler = client("scheduler")
    scheduler.create_schedule(
        Name="never",
        ScheduleExpression="cron(never)",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={"Arn": "arn:aws:nothing:::at-all", "RoleArn": ROLE},
    )
    assert scheduler.get_schedule(Name="never")["ScheduleExpression"] == "cron(never)"


def test_the_default_group_can_be_deleted() -> None:
    scheduler = client("scheduler")
    scheduler.delete_schedule_group(Name="default")
    with pytest.raises(KeyError):
        scheduler.delete_schedule_group(Name="default")
