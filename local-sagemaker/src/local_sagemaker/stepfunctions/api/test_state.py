"""TestState: one state, run alone, with a look at how its data change."""

from __future__ import annotations

import json
from typing import Any

from local_sagemaker.stepfunctions.api.payloads import execution_input
from local_sagemaker.stepfunctions.api.region import Document, Operation, Region
from local_sagemaker.stepfunctions.api.test_state_context import given_context, usual_context
from local_sagemaker.stepfunctions.api.test_state_mock import check_mock, mock_of
from local_sagemaker.stepfunctions.api.test_state_subject import tested_state
from local_sagemaker.stepfunctions.definition.json_source import NotJson, parse
from local_sagemaker.stepfunctions.definition.machine import Chain, State
from local_sagemaker.stepfunctions.engine.environment import Environment
from local_sagemaker.stepfunctions.engine.revision import Revision
from local_sagemaker.stepfunctions.engine.run_state import Tested, run_state
from local_sagemaker.stepfunctions.errors import ValidationException
from local_sagemaker.stepfunctions.queries.scope import ABSENT

# Members of inspectionData that are JSON in a text, and those that are not.
_AS_TEXT = (
    "input", "afterInputPath", "afterParameters", "afterArguments", "result",
    "afterResultSelector", "afterResultPath", "afterItemsPath", "afterItemSelector",
    "afterItemBatcher", "afterItemsPointer",
)  # fmt: skip
_AS_THEY_ARE = (
    "errorDetails", "toleratedFailureCount", "toleratedFailurePercentage", "maxConcurrency",
)  # fmt: skip
# What is not shown of a Parallel state, which passes it on to its branches.
_OF_BRANCHES = ("afterInputPath", "afterParameters", "afterArguments")


class StateTests:
    """Runs states in this environment."""

    def __init__(self, region: Region, environment: Environment) -> None:
        self._region = region
        self._environment = environment

    def operations(self) -> dict[str, Operation]:
        return {"TestState": self._test}

    def _test(self, request: Document) -> Document:
        check_mock(request)
        state = tested_state(
            request["definition"], request.get("stateName"), is_mocked="mock" in request
        )
        mock = mock_of(request, state)
        role = request.get("roleArn")
        if state.type == "Task" and mock is None and role is None:
            raise ValidationException("RoleArn must be specified when testing a Task state")
        given = execution_input(request.get("input", "{}"))
        variables = _variables(request.get("variables", "{}"))
        retries = request.get("stateConfiguration", {}).get("retrierRetryCount", 0)
        if "context" in request:
            context = given_context(request["context"], state)
        else:
            context = usual_context(self._region, state, given, role, retries)
        tested = run_state(
            state,
            given,
            self._environment,
            _revision(self._region, state, role),
            context=context,
            variables=variables,
            mock=mock,
            retries=retries,
        )
        return _answer(tested, state, variables, request.get("inspectionLevel", "INFO"))


def _variables(text: str) -> dict[str, Any]:
    try:
        variables = parse(text)
    except NotJson as fault:
        raise ValidationException("Variables must be valid JSON") from fault
    if not isinstance(variables, dict):
        raise ValidationException("Variables must be a JSON object")
    return variables


def _revision(region: Region, state: State, role_arn: str | None) -> Revision:
    """A machine of this state alone."""
    chain = Chain(state.name, {state.name: state}, state.language, {})
    return Revision(
        arn=region.arn("stateMachine", "TestState"),
        name="TestState",
        chain=chain,
        role_arn=role_arn or "",
        type="EXPRESS",
    )


def _answer(tested: Tested, state: State, before: dict[str, Any], level: str) -> Document:
    answer: Document = {
        "status": tested.status,
        "error": tested.error,
        "cause": tested.cause,
        "nextState": tested.next_state,
        "output": None if tested.output is ABSENT else _text(tested.output),
    }
    if level != "INFO":
        variables = before | dict(tested.assigned)
        answer["inspectionData"] = _inspection(tested, state, variables)
    return {name: value for name, value in answer.items() if value is not None}


def _inspection(tested: Tested, state: State, variables: dict[str, Any]) -> Document:
    hidden = _OF_BRANCHES if state.type == "Parallel" else ()
    shown = {name: tested.seen[name] for name in tested.seen if name not in hidden}
    data = {name: _text(shown[name]) for name in _AS_TEXT if name in shown}
    data |= {name: shown[name] for name in _AS_THEY_ARE if name in shown}
    return data | ({"variables": _text(variables)} if variables else {})


def _text(value: Any) -> str:
    """JSON as TestState writes it: with spaces, unlike an execution's history."""
    return json.dumps(value, ensure_ascii=False)
