"""Which failures are tried again, how often, and after what time."""

from __future__ import annotations

from typing import Any

from local_sagemaker.stepfunctions.engine.retrying import Retries
from local_sagemaker.stepfunctions.failure import StateFailed

from tests.stepfunctions.engine.running import fail, kinds, machine, run


def pauses(*retriers: dict[str, Any], error: str = "Bad") -> list[float]:
    """What the retriers wait before each attempt, until they give up."""
    retries, found = Retries(retriers), []
    while (seconds := retries.pause(StateFailed(error))) is not None:
        found.append(seconds)
    return found


def test_three_attempts_after_a_second_and_twice_as_long_each_time() -> None:
    assert pauses({"ErrorEquals": ["Bad"]}) == [1, 2, 4]


def test_interval_rate_attempts_and_longest_delay_are_said() -> None:
    said = {"IntervalSeconds": 3, "BackoffRate": 1.5, "MaxAttempts": 4, "MaxDelaySeconds": 6}
    assert pauses({"ErrorEquals": ["States.ALL"], **said}) == [3, 4.5, 6, 6]


def test_full_jitter_is_some_time_up_to_the_delay() -> None:
    found = pauses({"ErrorEquals": ["Bad"], "MaxAttempts": 50, "BackoffRate": 1.0}
                   | {"JitterStrategy": "FULL"})  # fmt: skip
    assert len(found) == 50
    assert all(0 <= seconds <= 1 for seconds in found)
    assert len(set(found)) > 1


def test_no_attempts_are_none() -> None:
    assert pauses({"ErrorEquals": ["Bad"], "MaxAttempts": 0}) == []


def test_each_retrier_counts_for_itself_and_the_first_that_fits_is_taken() -> None:
    retriers = ({"ErrorEquals": ["Bad"], "MaxAttempts": 1}, {"ErrorEquals": ["States.ALL"]})
    retries = Retries(retriers)
    assert retries.pause(StateFailed("Bad")) == 1
    assert retries.pause(StateFailed("Other")) == 1
    assert retries.pause(StateFailed("Bad")) is None


def test_runtime_errors_are_not_tried_again() -> None:
    assert pauses({"ErrorEquals": ["States.ALL"]}, error="States.Runtime") == []


def test_an_attempt_knows_how_many_were_before_it() -> None:
    retry = [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 2}]
    parameters = {"tries.$": "$$.State.RetryCount"}
    inner = {"StartAt": "No", "States": {"No": fail()}}
    box = {"Type": "Parallel", "Parameters": parameters, "Branches": [inner], "Retry": retry}
    execution = run({"Box": box | {"End": True}})
    entered = [each for each in execution.history.events if each["type"] == "FailStateEntered"]
    inputs = [each["stateEnteredEventDetails"]["input"] for each in entered]
    assert inputs == ['{"tries":0}', '{"tries":1}', '{"tries":2}']


def test_a_map_that_is_tried_again_runs_all_its_iterations() -> None:
    retry = [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 1}]
    choice = {
        "Type": "Choice",
        "Choices": [{"Variable": "$", "NumericEquals": 2, "Next": "No"}],
        "Default": "Yes",
    }
    states = {"Which": choice, "No": fail(), "Yes": {"Type": "Succeed"}}
    each = {"Type": "Map", "MaxConcurrency": 1, "ItemProcessor": machine(states), "Retry": retry}
    execution = run({"Each": each | {"End": True}}, [1, 2])
    assert kinds(execution).count("MapIterationSucceeded") == 2
    assert kinds(execution).count("MapIterationFailed") == 2
