"""Choices and result paths that fail have the reserved error names, and say what failed.

moto makes States.Runtime with the words of a Python exception of them, and takes the Default of a
Choice whose variable is not there.
"""

from __future__ import annotations

import json
from typing import Any

from moto.stepfunctions.parser.api import ExecutionFailedEventDetails, HistoryEventType
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import (
    FailureEvent,
    FailureEventException,
)
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name import (
    StatesErrorName,
)
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import (
    StatesErrorNameType,
)
from moto.stepfunctions.parser.asl.component.common.path.result_path import ResultPath
from moto.stepfunctions.parser.asl.component.state.choice.comparison.comparison_operator_type import (  # noqa: E501
    ComparisonOperatorType,
)
from moto.stepfunctions.parser.asl.component.state.choice.comparison.comparison_variable import (
    ComparisonVariable,
)
from moto.stepfunctions.parser.asl.component.state.choice.comparison.variable import NoSuchVariable
from moto.stepfunctions.parser.asl.component.state.choice.state_choice import StateChoice
from moto.stepfunctions.parser.asl.eval.event.event_detail import EventDetails

from local_sagemaker.services.patching import replace

_NO_CHOICE = "Failed to transition out of the state. The state does not point to a next state."


def install() -> None:
    _choose()
    _compare()
    _put_result()


def _choose() -> None:
    evaluate = StateChoice._eval_state

    def choose(choice: StateChoice, env: Any) -> None:
        if choice.default_state is not None:
            evaluate(choice, env)
            return
        try:
            evaluate(choice, env)
        except RuntimeError as error:
            raise _failure(env, StatesErrorNameType.StatesNoChoiceMatched, _NO_CHOICE) from error

    replace(StateChoice, "_eval_state", choose)


def _compare() -> None:
    def compare(comparison: ComparisonVariable, env: Any) -> None:
        comparison.variable.eval(env)
        asks = comparison.comparison_function.operator_type
        if isinstance(env.stack[-1], NoSuchVariable) and asks != ComparisonOperatorType.IsPresent:
            path = comparison.variable.string_sampler.literal_value
            cause = (
                f"Invalid path '{path}': The choice state's condition path references an invalid "
                "value."
            )
            raise _failure(env, StatesErrorNameType.StatesRuntime, cause)
        comparison.comparison_function.eval(env)

    replace(ComparisonVariable, "_eval_body", compare)


def _put_result() -> None:
    evaluate = ResultPath._eval_body

    def put(path: ResultPath, env: Any) -> None:
        try:
            evaluate(path, env)
        except TypeError as error:
            given = json.dumps(env.states.get_input(), separators=(",", ":"))
            cause = f"Unable to apply Reference Path {path.result_path_src} to input {given}"
            failure = StatesErrorNameType.StatesResultPathMatchFailure
            raise _failure(env, failure, cause) from error

    replace(ResultPath, "_eval_body", put)


def _failure(env: Any, error: StatesErrorNameType, cause: str) -> FailureEventException:
    entered = env.event_history_context.source_event_id
    if error is not StatesErrorNameType.StatesRuntime:  # of which moto says so itself
        cause = (
            f"An error occurred while executing the state '{env.next_state_name}' (entered at the "
            f"event id #{entered}). {cause}"
        )
    details = ExecutionFailedEventDetails(error=error.to_name(), cause=cause)
    return FailureEventException(
        FailureEvent(
            env=env,
            error_name=StatesErrorName(typ=error),
            event_type=HistoryEventType.ExecutionFailed,
            event_details=EventDetails(executionFailedEventDetails=details),
        )
    )
