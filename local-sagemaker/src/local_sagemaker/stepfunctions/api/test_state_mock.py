"""What stands in place of a tested state's work: a result, or an error."""

from __future__ import annotations

from typing import Any

from local_sagemaker.stepfunctions.api.region import Document
from local_sagemaker.stepfunctions.api.test_state_map import mocked_map
from local_sagemaker.stepfunctions.api.test_state_results import check_result
from local_sagemaker.stepfunctions.api.test_state_subject import inner_states
from local_sagemaker.stepfunctions.definition.json_source import NotJson, parse
from local_sagemaker.stepfunctions.definition.machine import State
from local_sagemaker.stepfunctions.engine.run_state import Mock
from local_sagemaker.stepfunctions.engine.visit import Visit
from local_sagemaker.stepfunctions.errors import InvalidDefinition, ValidationException
from local_sagemaker.stepfunctions.failure import StateFailed

_MOCKED = ("Task", "Map", "Parallel")
_UNMOCKED = ("Task", "Wait", "Pass", "Succeed", "Fail", "Choice")


def check_mock(request: Document) -> None:
    """What is refused of a request's mock whatever the state. Raises ValidationException."""
    mock = request.get("mock")
    if mock is None:
        if "mapIterationFailureCount" in request.get("stateConfiguration", {}):
            raise ValidationException(
                "TestState does not support MapIterationFailureCount when a mock is not specified."
            )
    elif ("result" in mock) == ("errorOutput" in mock):
        raise ValidationException(
            "A test mock should have only one of the following fields: [result, errorOutput]."
        )
    elif request.get("revealSecrets"):
        raise ValidationException(
            "TestState does not support RevealSecrets when a mock is specified."
        )


def mock_of(request: Document, state: State) -> Mock | None:
    """What gives the result, or fails, as the request says; None where the state does its work.

    Raises ValidationException, and InvalidDefinition for what cannot be tested without a mock.
    """
    mock = request.get("mock")
    if mock is None:
        if state.type not in _UNMOCKED:
            listed = ", ".join(_UNMOCKED)
            raise InvalidDefinition(
                "TestState API does not support Map or Parallel states. Supported state types "
                f"include: [{listed}]"
            )
        return None
    if state.type not in _MOCKED:
        raise ValidationException(
            f"State type '{state.type}' is not supported when a mock is specified"
        )
    configuration = request.get("stateConfiguration", {})
    _check_origin(configuration.get("errorCausedByState"), state)
    answer = _failing(mock["errorOutput"]) if "errorOutput" in mock else _giving(mock, state)
    return mocked_map(answer, state, configuration) if state.type == "Map" else answer


def _check_origin(name: str | None, state: State) -> None:
    if name is not None and name not in inner_states(state):
        raise ValidationException(f"State '{name}' is not within the tested state")


def _failing(error: dict[str, str]) -> Mock:
    def fail(_visit: Visit) -> Any:
        raise StateFailed(error.get("error"), error.get("cause"))

    return fail


def _giving(mock: Document, state: State) -> Mock:
    try:
        result = parse(mock["result"])
    except NotJson as fault:
        raise ValidationException("Mocked result must be valid JSON") from fault
    if state.type == "Task":
        check_result(state, result, mock.get("fieldValidationMode", "STRICT"))
    elif "ResultWriter" in state.said:
        if not isinstance(result, dict):
            raise ValidationException("Mocked result must be a JSON object.")
    elif not isinstance(result, list):
        raise ValidationException("Mocked result must be an array.")
    elif state.type == "Parallel" and len(result) != len(state.said["Branches"]):
        raise ValidationException(
            "Mocked result must contain the same number of items as number of Parallel branches."
        )
    return lambda _visit: result
