"""Whether a rule of a Choice state matches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local_sagemaker.stepfunctions.queries import jsonata
from local_sagemaker.stepfunctions.queries.comparators import COMPARISONS, IS_PRESENT
from local_sagemaker.stepfunctions.queries.failures import runtime_failure
from local_sagemaker.stepfunctions.queries.json_path.steps import PathNotFound
from local_sagemaker.stepfunctions.queries.paths_in_scope import find
from local_sagemaker.stepfunctions.queries.scope import Scope

_PATH = "Path"


def matches(
    rule: Mapping[str, Any], scope: Scope, language: str, field: str = "Choices[0]"
) -> bool:
    """`field` is the rule's place in the state, such as Choices[1].

    Raises States.Runtime for a Variable that is not there, unless that is asked, and
    States.QueryEvaluationError for a Condition that is no boolean.
    """
    if language == "JSONata":
        return _holds(rule["Condition"], scope, f"{field}/Condition")
    return _matches(rule, scope)


def _holds(condition: Any, scope: Scope, field: str) -> bool:
    if isinstance(condition, str):
        return bool(jsonata.typed_value(condition, scope, field, "boolean"))
    return bool(condition)


def _matches(rule: Mapping[str, Any], scope: Scope) -> bool:
    if "And" in rule:
        return all(_matches(inner, scope) for inner in rule["And"])
    if "Or" in rule:
        return any(_matches(inner, scope) for inner in rule["Or"])
    if "Not" in rule:
        return not _matches(rule["Not"], scope)
    if IS_PRESENT in rule:
        return _is_present(rule["Variable"], scope) is rule[IS_PRESENT]
    return _compares(rule, scope)


def _compares(rule: Mapping[str, Any], scope: Scope) -> bool:
    """By the one member of the rule that is a comparison."""
    value = _found(rule["Variable"], scope)
    for name, wanted in rule.items():
        if name in COMPARISONS:
            return COMPARISONS[name](value, wanted)
        if name.removesuffix(_PATH) in COMPARISONS:
            return COMPARISONS[name.removesuffix(_PATH)](value, _found(wanted, scope))
    raise ValueError(f"no comparison is in the rule {dict(rule)}")


def _is_present(path: str, scope: Scope) -> bool:
    try:
        find(path, scope)
    except PathNotFound:
        return False
    return True


def _found(path: str, scope: Scope) -> Any:
    try:
        return find(path, scope)
    except PathNotFound as reason:
        raise runtime_failure(
            f"Invalid path '{path}': The choice state's condition path references an invalid value."
        ) from reason
