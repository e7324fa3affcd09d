"""Wait and Fail states: what they take for a time, an error and a cause."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.stepfunctions.engine.running import details, jsonata, run

PLACE = "An error occurred while executing the state 'Wait' (entered at the event id #2). "


def wait(**said: Any) -> dict[str, Any]:
    return {"Wait": {"Type": "Wait", "End": True, **said}}


@pytest.mark.parametrize(
    ("value", "cause"),
    [
        (-1, "The SecondsPath parameter references a negative value: $.s == -1"),
        (1.5, "The SecondsPath parameter cannot be parsed as a long value: $.s == 1.5"),
        (None, "The SecondsPath parameter cannot be parsed as a long value: $.s == null"),
        (24_856 * 86_400, "Wait state delay is too long."),
    ],
)
def test_seconds_at_a_path(value: Any, cause: str) -> None:
    execution = run(wait(SecondsPath="$.s"), {"s": value})
    assert (execution.error, execution.cause) == ("States.Runtime", PLACE + cause)


def test_seconds_that_are_not_there() -> None:
    execution = run(wait(SecondsPath="$.s"))
    assert execution.cause == (
        f"{PLACE}The SecondsPath parameter does not reference an input value: $.s"
    )


BAD_TIMES = ["2016-12-05 21:29:29Z", "2016-12-05T21:29:29", "2016-13-05T21:29:29Z"]


@pytest.mark.parametrize("time", BAD_TIMES)
def test_timestamp_at_a_path_has_an_offset(time: str) -> None:
    execution = run(wait(TimestampPath="$.t"), {"t": time})
    assert execution.error == "States.Runtime"
    assert execution.cause == (
        f"{PLACE}The TimestampPath parameter does not reference a valid ISO-8601 extended offset "
        f"date-time format string: $.t == {time}"
    )


@pytest.mark.parametrize("time", BAD_TIMES)
def test_timestamp_of_an_expression_has_an_offset(time: str) -> None:
    execution = jsonata(wait(Timestamp="{% $states.input.t %}"), {"t": time})
    assert details(execution, "EvaluationFailed") == [
        {
            "error": "States.QueryEvaluationError",
            "cause": f"{PLACE}The Timestamp field cannot be parsed as an ISO-8601 extended offset "
            f"date-time format string: {time}",
            "location": "Timestamp",
            "state": "Wait",
        }
    ]


@pytest.mark.parametrize("time", ["2016-12-05T21:29:29Z", "2016-12-05T21:29:29.123456789+01:00"])
def test_a_time_that_is_past_is_no_wait(time: str) -> None:
    assert run(wait(Timestamp=time), {"a": 1}).output == {"a": 1}


def test_a_wait_until_a_time_takes_its_part_of_it() -> None:
    soon = (datetime.now(UTC) + timedelta(seconds=300)).isoformat(timespec="seconds")
    execution = run(wait(Timestamp=soon.replace("+00:00", "Z")))
    entered, left = execution.history.events[1:3]
    assert 0.2 < (left["timestamp"] - entered["timestamp"]).total_seconds() < 5


def test_error_and_cause_of_a_fail_state_come_by_paths_and_functions() -> None:
    state = {
        "Type": "Fail",
        "ErrorPath": "$.error",
        "CausePath": "States.Format('This is {}.', $.cause)",
    }
    execution = run({"No": state}, {"error": "Bad", "cause": "it"})
    assert (execution.error, execution.cause) == ("Bad", "This is it.")


def test_error_and_cause_of_a_fail_state_are_expressions_in_jsonata() -> None:
    state = {"Type": "Fail", "Error": "{% $states.input.error %}", "Cause": "{% 'it' & 's' %}"}
    execution = jsonata({"No": state}, {"error": "Bad"})
    assert (execution.error, execution.cause) == ("Bad", "its")
