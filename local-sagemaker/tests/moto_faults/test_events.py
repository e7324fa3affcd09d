from __future__ import annotations

import json
from typing import Any

import pytest

from tests.moto_faults.clients import client

EVENT = {"Source": "mine", "DetailType": "Done", "Detail": "{}"}


def put_rule(target: str, **more: Any) -> None:
    rule = {"EventPattern": json.dumps({"source": ["mine"]})} | more
    client("events").put_rule(Name="rule", **rule)
    client("events").put_targets(Rule="rule", Targets=[{"Id": "1", "Arn": target}])


@pytest.mark.parametrize(
    "target",
    [
        "arn:aws:lambda:us-east-1:123456789012:function:f",
        "arn:aws:sns:us-east-1:123456789012:topic",
        "arn:aws:states:us-east-1:123456789012:stateMachine:m",
    ],
)
def test_most_targets_are_not_reached(target: str) -> None:
    put_rule(target)
    with pytest.raises(NotImplementedError):
        client("events").put_events(Entries=[EVENT])


def test_a_target_that_is_never_reached_is_accepted() -> None:
    put_rule("arn:aws:kinesis:us-east-1:123456789012:stream/never")
    with pytest.raises(NotImplementedError):
        client("events").put_events(Entries=[EVENT])


def test_a_schedule_that_never_fires_is_accepted() -> None:
    client("events").put_rule(Name="rule", ScheduleExpression="rate(1 minute)")
    assert client("events").describe_rule(Name="rule")["State"] == "ENABLED"


def test_anybody_may_send_in_the_name_of_aws() -> None:
    answer = client("events").put_events(Entries=[EVENT | {"Source": "aws.sagemaker"}])
    assert answer["FailedEntryCount"] == 0


def test_a_match_type_that_is_none_is_taken() -> None:
    pattern = json.dumps({"source": [{"Prefix": "mine"}]})
    client("events").put_rule(Name="rule", EventPattern=pattern)
    assert client("events").describe_rule(Name="rule")["EventPattern"] == pattern


def test_a_pattern_is_tested_without_a_result() -> None:
    answer = client("events").test_event_pattern(EventPattern='{"source": ["a"]}', Event="none")
    assert "Result" not in answer
