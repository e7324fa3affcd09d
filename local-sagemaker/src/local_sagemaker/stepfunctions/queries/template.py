"""Payload templates: Parameters, ResultSelector, Arguments, Output, Assign and others."""

from __future__ import annotations

from typing import Any

from local_sagemaker.stepfunctions.queries.failures import runtime_failure
from local_sagemaker.stepfunctions.queries.intrinsics.call import evaluate_call, is_call
from local_sagemaker.stepfunctions.queries.json_path.steps import IndexNotFound, PathNotFound
from local_sagemaker.stepfunctions.queries.jsonata import is_expression
from local_sagemaker.stepfunctions.queries.jsonata import value as jsonata_value
from local_sagemaker.stepfunctions.queries.paths_in_scope import find_for_template, not_in_input
from local_sagemaker.stepfunctions.queries.scope import Scope

DYNAMIC = ".$"


def evaluate(template: Any, scope: Scope, language: str, field: str) -> Any:
    """The JSON that a template comes to; `field` is where it stands, such as Output.

    JSONPath evaluates members whose names end in `.$`, JSONata all texts in `{% %}`. All else is
    as it is written, escapes of JSON included. Raises StateFailed.
    """
    if language == "JSONata":
        return _of_jsonata(template, scope, field)
    return _of_json_path(template, scope)


def _of_jsonata(template: Any, scope: Scope, field: str) -> Any:
    if isinstance(template, dict):
        return {
            name: _of_jsonata(item, scope, f"{field}/{name}") for name, item in template.items()
        }
    if isinstance(template, list):
        return [
            _of_jsonata(item, scope, f"{field}[{number}]") for number, item in enumerate(template)
        ]
    if isinstance(template, str) and is_expression(template):
        return jsonata_value(template, scope, field)
    return template


def _of_json_path(template: Any, scope: Scope) -> Any:
    if isinstance(template, dict):
        return dict(_member(name, item, scope) for name, item in template.items())
    if isinstance(template, list):
        return [_of_json_path(item, scope) for item in template]
    return template


def _member(name: str, item: Any, scope: Scope) -> tuple[str, Any]:
    if not name.endswith(DYNAMIC):
        return name, _of_json_path(item, scope)
    return name.removesuffix(DYNAMIC), _selected(item, scope, name)


def _selected(text: str, scope: Scope, field: str) -> Any:
    """A place beyond the end of an array is null here, and only here."""
    if is_call(text):
        return evaluate_call(text, scope)
    try:
        return find_for_template(text, scope)
    except IndexNotFound:
        return None
    except PathNotFound as reason:
        where = not_in_input(scope)
        cause = f"The JSONPath '{text}' specified for the field '{field}' {where}"
        raise runtime_failure(cause) from reason
