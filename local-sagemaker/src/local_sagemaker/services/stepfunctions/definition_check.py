"""What Step Functions refuses in a definition at creation and moto would let through."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from local_sagemaker.services.stepfunctions.jsonata import QueryError, check_syntax
from local_sagemaker.services.stepfunctions.map_runs.definition_faults import map_faults
from local_sagemaker.services.stepfunctions.sagemaker_api import OPERATIONS, unknown_fields
from local_sagemaker.services.stepfunctions.start_execution_task import field_faults

_SAGEMAKER = "arn:aws:states:::sagemaker:"
_START_EXECUTION = "arn:aws:states:::states:startExecution"


def faults(definition: str) -> list[str]:
    """Dangling transitions, JSONata that does not parse, fields that SageMaker does not have."""
    machine = json.loads(definition)
    return list(_scope_faults(machine, "", machine.get("QueryLanguage", "JSONPath")))


def _scope_faults(scope: dict[str, Any], path: str, language: str) -> Iterator[str]:
    states = scope.get("States", {})
    for source, target in _transitions(scope):
        if target not in states:
            place = f"{path}/States/{source}" if source else path or "/"
            yield f"MISSING_TRANSITION_TARGET: Missing 'Next' target: {target} at {place}"
    for name, state in states.items():
        here = f"{path}/States/{name}"
        state_language = state.get("QueryLanguage", language)
        yield from _state_faults(state, here, state_language)
        for inner, inner_path in _inner_scopes(state, here):
            yield from _scope_faults(inner, inner_path, state_language)


def _transitions(scope: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Pairs of state name ('' for StartAt) and the state that it leads to."""
    yield "", scope.get("StartAt", "")
    for name, state in scope.get("States", {}).items():
        followers = [state, *state.get("Catch", []), *state.get("Choices", [])]
        targets = [follower.get("Next") for follower in followers] + [state.get("Default")]
        yield from ((name, target) for target in targets if target is not None)


def _inner_scopes(state: dict[str, Any], path: str) -> Iterator[tuple[dict[str, Any], str]]:
    for field in ("ItemProcessor", "Iterator"):
        if field in state:
            yield state[field], f"{path}/{field}"
    for number, branch in enumerate(state.get("Branches", [])):
        yield branch, f"{path}/Branches[{number}]"


def _state_faults(state: dict[str, Any], path: str, language: str) -> Iterator[str]:
    if language == "JSONata":
        own = {name: state[name] for name in state if name not in ("ItemProcessor", "Branches")}
        yield from _expression_faults(own, path)
    for problem in map_faults(state):
        yield f"SCHEMA_VALIDATION_FAILED: {problem} at {path}"
    action = str(state.get("Resource", "")).removeprefix(_SAGEMAKER).removesuffix(".sync")
    field = "Arguments" if language == "JSONata" else "Parameters"
    if str(state.get("Resource", "")).startswith(_SAGEMAKER) and action in OPERATIONS:
        for unknown in unknown_fields(action, state.get(field, {})):
            problem = f'The field "{unknown}" is not supported by Step Functions'
            yield f"SCHEMA_VALIDATION_FAILED: {problem} at {path}/{field}"
    if str(state.get("Resource", "")).startswith(_START_EXECUTION):
        given = state.get(field, {})
        for problem in [] if isinstance(given, str) else field_faults(given):
            yield f"SCHEMA_VALIDATION_FAILED: {problem} at {path}/{field}"


def _expression_faults(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _expression_faults(item, f"{path}/{name}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _expression_faults(item, f"{path}[{number}]")
    elif isinstance(value, str) and value.startswith("{%") and value.endswith("%}"):
        try:
            check_syntax(value[2:-2].strip())
        except QueryError as error:
            yield f"SCHEMA_VALIDATION_FAILED: {error} at {path}"
