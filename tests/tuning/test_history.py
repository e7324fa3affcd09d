"""Which state failed, read from events as GetExecutionHistory has them."""

from __future__ import annotations

import json
from typing import Any

from tuning.failure.history import History

Events = list[dict[str, Any]]


def entered(id: int, previous: int, name: str, **details: Any) -> dict[str, Any]:
    given = {"name": name, **details}
    return {
        "id": id,
        "previousEventId": previous,
        "type": "TaskStateEntered",
        "stateEnteredEventDetails": given,
    }


def failed(id: int, previous: int, error: str, kind: str = "TaskFailed") -> dict[str, Any]:
    details = f"{kind[0].lower()}{kind[1:]}EventDetails"
    return {
        "id": id,
        "previousEventId": previous,
        "type": kind,
        details: {"error": error, "cause": "x"},
    }


def event(id: int, previous: int, kind: str) -> dict[str, Any]:
    return {"id": id, "previousEventId": previous, "type": kind}


def history(*oldest_first: dict[str, Any]) -> History:
    return History.of(reversed(oldest_first))


BOX = [
    event(1, 0, "ExecutionStarted"),
    entered(2, 1, "Retune"),
    event(3, 2, "ParallelStateStarted"),
    entered(4, 3, "PlanTuning"),
    event(5, 4, "TaskScheduled"),
    event(6, 5, "TaskSucceeded"),
    event(7, 6, "TaskStateExited"),
]
RUN_TUNING = [
    *BOX,
    entered(8, 7, "RunTuning"),
    event(9, 8, "TaskScheduled"),
    event(10, 9, "TaskSubmitted"),
    failed(11, 10, "States.TaskFailed"),
    event(12, 11, "ParallelStateFailed"),
]
# Two iterations of a Map at once, whose events lie between each other.
SCORE_TRIALS = [
    *BOX,
    entered(8, 7, "ScoreTrials"),
    event(9, 8, "MapStateStarted"),
    event(10, 9, "MapIterationStarted"),
    event(11, 9, "MapIterationStarted"),
    entered(12, 10, "CreateTrialModel"),
    entered(13, 11, "CreateTrialModel"),
    event(14, 12, "TaskScheduled"),
    event(15, 14, "TaskStateExited"),
    entered(16, 15, "ScoreTrial"),
    failed(17, 13, "SageMaker.AmazonSageMakerException"),
    event(18, 17, "MapIterationFailed"),
    event(19, 18, "MapStateFailed"),
]


def test_state_of_a_branch_is_found() -> None:
    assert history(*RUN_TUNING).failing_state("States.TaskFailed") == "RunTuning"


def test_state_of_an_iteration_is_found_among_the_events_of_the_others() -> None:
    found = history(*SCORE_TRIALS).failing_state("SageMaker.AmazonSageMakerException")
    assert found == "CreateTrialModel"


def test_time_out_of_a_state_and_an_expression_that_fails_are_failures_too() -> None:
    late = [*BOX, entered(8, 7, "Decide"), failed(9, 8, "States.Timeout", "TaskTimedOut")]
    assert history(*late).failing_state("States.Timeout") == "Decide"
    wrong = [*BOX, entered(8, 7, "PromotionDecided")]
    wrong.append(failed(9, 8, "States.QueryEvaluationError", "EvaluationFailed"))
    assert history(*wrong).failing_state("States.QueryEvaluationError") == "PromotionDecided"


def test_attempts_that_were_retried_do_not_count_before_the_last() -> None:
    error = "SageMaker.AmazonSageMakerException"
    tried = [*BOX, entered(8, 7, "RunTuning"), failed(9, 8, error), event(10, 9, "TaskSucceeded")]
    again = [*tried, entered(11, 10, "RetrainBest"), failed(12, 11, error)]
    assert history(*again).failing_state(error) == "RetrainBest"


def test_failure_that_the_history_does_not_hold_yet_is_not_guessed() -> None:
    assert history(*BOX, entered(8, 7, "RunTuning")).failing_state("States.TaskFailed") is None


def test_failure_of_recovery_itself_is_not_taken_for_the_first_one() -> None:
    """Both bear the name that every job and every execution fails with."""
    given = json.dumps({"Error": "States.TaskFailed", "Cause": "no capacity"})
    failing = history(
        *RUN_TUNING,
        entered(13, 12, "Recover", input=given),
        event(14, 13, "TaskScheduled"),
        failed(15, 14, "States.TaskFailed"),
        failed(16, 15, "States.TaskFailed", "ExecutionFailed"),
    )
    assert failing.failing_state("States.TaskFailed") == "RunTuning"
    assert failing.caught == ("States.TaskFailed", "no capacity")
    assert failing.tells_the_end


def test_error_that_no_state_can_catch_was_not_caught() -> None:
    broken = history(
        *BOX,
        entered(8, 7, "Decide"),
        failed(9, 8, "States.DataLimitExceeded", "ExecutionFailed"),
    )
    assert broken.caught is None
    assert broken.failing_state("States.DataLimitExceeded") is None
    assert not history(*BOX).tells_the_end
