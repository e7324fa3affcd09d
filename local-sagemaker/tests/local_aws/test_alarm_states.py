"""The state of an alarm, by the samples of its last periods."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.services.alarms.evaluation import AlarmCondition, Sample


def rule(**options: Any) -> AlarmCondition:
    given: dict[str, Any] = {
        "statistic": "Average", "period_seconds": 10, "periods": 3, "datapoints_to_alarm": 2,
        "comparison": "GreaterThanThreshold", "threshold": 5, "missing": "missing",
    }  # fmt: skip
    return AlarmCondition(**(given | options))


def values(*pairs: tuple[float, float]) -> list[Sample]:
    return [Sample(time, 1, value, value, value) for time, value in pairs]


@pytest.mark.parametrize(
    ("samples", "options", "expected"),
    [
        (values((95, 9), (85, 9), (75, 1)), {}, "ALARM"),
        (values((95, 9), (85, 1), (75, 1)), {}, "OK"),
        (values((95, 9), (94, 1)), {"periods": 1, "datapoints_to_alarm": 1}, "OK"),
        (values((60, 9)), {}, "INSUFFICIENT_DATA"),
        ([], {"missing": "breaching"}, "ALARM"),
        ([], {"missing": "notBreaching"}, "OK"),
        ([], {"missing": "ignore"}, None),
        (values((95, 9)), {"missing": "breaching"}, "ALARM"),
        (
            values(*[(95, value) for value in range(1, 101)]),
            {"statistic": "p95", "threshold": 94.5, "periods": 1, "datapoints_to_alarm": 1},
            "ALARM",
        ),
    ],
    ids=["two of three", "one of three", "average", "too old", "missing breaches",
         "missing does not breach", "missing is ignored", "missing counts", "percentile"],
)  # fmt: skip
def test_state_follows_the_last_periods(
    samples: list[Sample], options: dict[str, Any], expected: str | None
) -> None:
    assert rule(**options).state(samples, now=100) == expected
