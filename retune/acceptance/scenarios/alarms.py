"""An alarm of the stack that goes off, and whether its topic takes the message."""

from __future__ import annotations

import json
from collections.abc import Iterator

from retune.acceptance.scenario import Observation, Scenario, equals
from retune.acceptance.stage import Stage


def play(stage: Stage) -> Iterator[Observation]:
    cloudwatch = stage.client("cloudwatch")
    name = f"{stage.stack.name_prefix}-executions-failed"
    reason = "The acceptance run tries it"
    cloudwatch.set_alarm_state(AlarmName=name, StateValue="ALARM", StateReason=reason)

    def acted() -> str | None:
        found = cloudwatch.describe_alarm_history(AlarmName=name, HistoryItemType="Action")
        states = [
            json.loads(each["HistoryData"])["actionState"] for each in found["AlarmHistoryItems"]
        ]
        return states[0] if states else None

    yield equals("alarm-to-encrypted-topic", "Succeeded", stage.until("the alarm's action", acted))


SCENARIO = Scenario(
    name="alarms",
    about="an alarm of the stack that goes off",
    claims=("alarm-to-encrypted-topic",),
    minutes=5,
    play=play,
    needs_account={"alarm-to-encrypted-topic": "Local AWS keeps no history of an alarm's actions."},
)
