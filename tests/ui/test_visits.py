"""Which states an execution has been in, read from the events of its history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from retune.executions.visits import Standing, visits
from retune.ui.graph import graph

START = datetime(2026, 11, 29, 12, tzinfo=UTC)


class Story:
    """Events of a history as they happen, each a second after the one before."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []

    def add(self, type: str, **details: Any) -> Story:
        number = len(self.events) + 1
        time = START + timedelta(seconds=number)
        event = {"id": number, "previousEventId": number - 1, "type": type, "timestamp": time}
        self.events.append({**event, **details})
        return self

    def enter(self, name: str, kind: str = "Task", **details: Any) -> Story:
        return self.add(f"{kind}StateEntered", stateEnteredEventDetails={"name": name, **details})

    def leave(self, name: str, kind: str = "Task") -> Story:
        return self.add(f"{kind}StateExited", stateExitedEventDetails={"name": name})

    def standing(self, *, runs: bool) -> dict[str, Standing]:
        found = visits(self.events[::-1], runs=runs)
        return {visit.state: visit.standing for visit in found}


def story() -> Story:
    return Story().enter("Retune", "Parallel").enter("PlanTuning").leave("PlanTuning")


def test_what_was_left_is_done_and_what_was_not_goes_on() -> None:
    standing = story().enter("RunTuning").standing(runs=True)
    assert standing == {"PlanTuning": Standing.DONE, "RunTuning": Standing.CURRENT}


def test_a_state_of_a_map_goes_on_until_its_last_iteration_has_left_it() -> None:
    twice = story().enter("ScoreModel").enter("ScoreModel").leave("ScoreModel")
    assert twice.standing(runs=True)["ScoreModel"] is Standing.CURRENT
    assert twice.leave("ScoreModel").standing(runs=True)["ScoreModel"] is Standing.DONE


def test_a_state_that_comes_again_is_told_once_with_its_visits() -> None:
    again = story()
    for _ in range(3):
        again.enter("DeployEndpoint").leave("DeployEndpoint")
    (_, visit) = visits(again.events[::-1], runs=True)
    assert (visit.times, visit.seconds(START)) == (3, 5)


def test_the_state_that_failed_is_told_and_the_recovery_goes_on() -> None:
    failed = story().enter("ScoreModel").enter("CreateModel")
    failed.add("TaskFailed", taskFailedEventDetails={"error": "AccessDenied"})
    failed.enter("Recover", input='{"Error": "AccessDenied", "Cause": "no"}')
    assert failed.standing(runs=True) == {
        "PlanTuning": Standing.DONE,
        "ScoreModel": Standing.STOPPED,
        "CreateModel": Standing.FAILED,
        "Recover": Standing.CURRENT,
    }


def test_an_execution_ends_in_a_state_that_fails_by_itself() -> None:
    failed = story().enter("HowItEnded", "Choice").leave("HowItEnded", "Choice")
    failed.enter("Failed", "Fail").add("ExecutionFailed", executionFailedEventDetails={})
    assert failed.standing(runs=False)["Failed"] is Standing.FAILED


def test_what_a_person_has_stopped_does_not_go_on() -> None:
    stopped = story().enter("RunTuning").add("ExecutionAborted")
    assert stopped.standing(runs=False)["RunTuning"] is Standing.STOPPED


def test_the_picture_marks_each_state_and_says_in_words_what_it_shows() -> None:
    found = visits(story().enter("RunTuning").events[::-1], runs=True)
    svg = graph("workflow", found, 'it "runs" <here>')
    assert svg.startswith('<svg role="img" aria-label="it &#34;runs&#34; &lt;here&gt;"')
    assert 'class="node done">\n<title>PlanTuning</title>' in svg
    assert 'class="node current">\n<title>RunTuning</title>' in svg
    assert 'class="node ahead">\n<title>Notify</title>' in svg
    assert svg.count("current") == 1


def test_while_a_state_goes_on_that_is_not_drawn_the_one_before_is_marked() -> None:
    waits = story().enter("DeployEndpoint").leave("DeployEndpoint").enter("WaitForEndpoint", "Wait")
    svg = graph("workflow", visits(waits.events[::-1], runs=True), "")
    assert 'class="node current">\n<title>DeployEndpoint</title>' in svg
