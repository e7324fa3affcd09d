"""Points moto's JSONata expressions at the JSONata engine."""

from __future__ import annotations

from typing import Any

from moto.stepfunctions.parser.api import EvaluationFailedEventDetails, HistoryEventType
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
from moto.stepfunctions.parser.asl.component.common.string.string_expression import (
    StringJSONata,
    StringVariableSample,
)
from moto.stepfunctions.parser.asl.eval.event.event_detail import EventDetails

from local_sagemaker.services.patching import replace
from local_sagemaker.services.stepfunctions.jsonata import QueryError, evaluate


def install() -> None:
    replace(StringJSONata, "_eval_body", _evaluate_expression)
    replace(StringVariableSample, "_eval_body", _evaluate_expression)


def _evaluate_expression(component: Any, env: Any) -> None:
    try:
        env.stack.append(evaluate(component.expression, _variables(env)))
    except QueryError as error:
        raise _query_evaluation_error(env, str(error)) from error


def _variables(env: Any) -> dict[str, Any]:
    store = env.variable_store
    return store._outer_scope | store._inner_scope | {"states": _states(env)}


def _states(env: Any) -> dict[str, Any]:
    """$states: moto keeps None where Step Functions has no result or error yet."""
    data = env.states._states_data
    optional = {name: data.get(name) for name in ("result", "errorOutput")}
    return {"input": data["input"], "context": data["context"]} | {
        name: value for name, value in optional.items() if value is not None
    }


def _query_evaluation_error(env: Any, cause: str) -> FailureEventException:
    error_name = StatesErrorName(typ=StatesErrorNameType.StatesQueryEvaluationError)
    details = EvaluationFailedEventDetails(cause=cause, error=error_name.error_name)
    failure = FailureEventException(
        FailureEvent(
            env=env,
            error_name=error_name,
            event_type=HistoryEventType.EvaluationFailed,
            event_details=EventDetails(evaluationFailedEventDetails=details),
        )
    )
    env.event_manager.add_event(
        context=env.event_history_context,
        event_type=HistoryEventType.EvaluationFailed,
        event_details=EventDetails(
            evaluationFailedEventDetails=failure.get_evaluation_failed_event_details()
        ),
    )
    return failure
