"""Wait: for some seconds, or until a time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from local_sagemaker.stepfunctions.engine.data_flow import effective_input, without_result
from local_sagemaker.stepfunctions.engine.fields import expression
from local_sagemaker.stepfunctions.engine.outcome import Outcome
from local_sagemaker.stepfunctions.failure import RUNTIME, StateFailed
from local_sagemaker.stepfunctions.json_text import to_text
from local_sagemaker.stepfunctions.queries import path
from local_sagemaker.stepfunctions.queries.failures import query_failure
from local_sagemaker.stepfunctions.queries.timestamps import parse_timestamp

if TYPE_CHECKING:
    from local_sagemaker.stepfunctions.engine.visit import Visit

# Recorded: 24855 days are taken, 24856 are not.
_MOST_SECONDS = 2**31 - 1


def perform(visit: Visit) -> Outcome:
    """Raises States.Runtime for what is no time, States.QueryEvaluationError in JSONata."""
    seconds = _seconds(visit, effective_input(visit))
    if seconds > _MOST_SECONDS:
        raise StateFailed(RUNTIME, "Wait state delay is too long.")
    if seconds > 0:
        visit.pause(seconds)
    return without_result(visit)


def _seconds(visit: Visit, chosen: Any) -> float:
    said = visit.said
    if "SecondsPath" in said:
        return _seconds_at(said["SecondsPath"], _at(visit, "SecondsPath", chosen))
    if "Seconds" in said:
        return _said_seconds(visit)
    if "TimestampPath" in said:
        time = _at(visit, "TimestampPath", chosen)
        return _until(time, _bad_path(said["TimestampPath"], time))
    time = expression(visit, "Timestamp", "string")
    cause = (
        "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format "
        f"string: {time}"
    )
    return _until(time, query_failure(cause, visit.scope(), "Timestamp"))


def _at(visit: Visit, field: str, chosen: Any) -> Any:
    return path.select(visit.said[field], visit.scope(input=chosen), field)


def _seconds_at(where: str, value: Any) -> float:
    shown = f"{where} == {value if isinstance(value, str) else to_text(value)}"
    if isinstance(value, bool) or not isinstance(value, int):
        cause = f"The SecondsPath parameter cannot be parsed as a long value: {shown}"
        raise StateFailed(RUNTIME, cause)
    if value < 0:
        cause = f"The SecondsPath parameter references a negative value: {shown}"
        raise StateFailed(RUNTIME, cause)
    return value


def _said_seconds(visit: Visit) -> float:
    seconds: float = expression(visit, "Seconds", "number")
    if seconds < 0 or seconds != int(seconds):
        cause = f"The Seconds field must be a non-negative integer but was: {to_text(seconds)}"
        raise query_failure(cause, visit.scope(), "Seconds")
    return seconds


def _until(text: Any, failure: StateFailed) -> float:
    time = parse_timestamp(text)
    if time is None:
        raise failure
    return (time - datetime.now(UTC)).total_seconds()


def _bad_path(where: str, time: Any) -> StateFailed:
    shown = time if isinstance(time, str) else to_text(time)
    return StateFailed(
        RUNTIME,
        "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time "
        f"format string: {where} == {shown}",
    )
