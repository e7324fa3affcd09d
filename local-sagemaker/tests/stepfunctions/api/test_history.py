"""The history of an execution."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stepfunctions.api.machines import ECHO, create_arn, finish, refusal, start


@pytest.fixture(scope="module")
def execution(sfn: Any) -> str:
    arn = start(sfn, create_arn(sfn), input='{"a": 1}')
    finish(sfn, arn)
    return arn


def test_events_are_told_in_their_order_or_the_newest_first(sfn: Any, execution: str) -> None:
    events = sfn.get_execution_history(executionArn=execution)["events"]
    assert [(each["id"], each["previousEventId"], each["type"]) for each in events] == [
        (1, 0, "ExecutionStarted"),
        (2, 0, "PassStateEntered"),
        (3, 2, "PassStateExited"),
        (4, 3, "ExecutionSucceeded"),
    ]
    newest = sfn.get_execution_history(executionArn=execution, reverseOrder=True)["events"]
    assert newest == events[::-1]


@pytest.mark.parametrize("reverse", [False, True])
def test_pages_join_to_the_whole(sfn: Any, execution: str, reverse: bool) -> None:
    request = {"executionArn": execution, "reverseOrder": reverse}
    paginator = sfn.get_paginator("get_execution_history")
    pages = list(paginator.paginate(**request, PaginationConfig={"PageSize": 3}))
    assert [len(page["events"]) for page in pages] == [3, 1]
    whole = sfn.get_execution_history(**request)["events"]
    assert [event for page in pages for event in page["events"]] == whole


def test_data_is_left_out_on_demand(sfn: Any, execution: str) -> None:
    request = {"executionArn": execution}
    started, _, exited, _ = sfn.get_execution_history(**request)["events"]
    assert started["executionStartedEventDetails"]["input"] == '{"a": 1}'
    assert exited["stateExitedEventDetails"]["output"] == '{"a":1}'
    bare = sfn.get_execution_history(**request, includeExecutionData=False)["events"]
    assert set(bare[0]["executionStartedEventDetails"]) == {"roleArn"}
    assert bare[2]["stateExitedEventDetails"] == {"name": "Echo"}


def test_input_is_told_as_it_was_written_by_the_start_alone(sfn: Any) -> None:
    """States tell what they were given without spaces: recorded on AWS in July and August 2024."""
    execution = start(sfn, create_arn(sfn, ECHO), input="[1, {  }]")
    assert finish(sfn, execution)["output"] == "[1,{}]"
    started, entered, *_ = sfn.get_execution_history(executionArn=execution)["events"]
    assert started["executionStartedEventDetails"]["input"] == "[1, {  }]"
    assert entered["stateEnteredEventDetails"]["input"] == "[1,{}]"


def test_token_of_no_page_is_refused(sfn: Any, execution: str) -> None:
    request = {"executionArn": execution, "nextToken": "nobodys"}
    assert refusal(sfn.get_execution_history, **request)[0] == "InvalidToken"
