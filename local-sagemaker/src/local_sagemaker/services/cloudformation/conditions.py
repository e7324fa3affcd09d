"""The conditions of a template and the assertions of its rules, each to true or false."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from local_sagemaker.services.cloudformation.errors import ValidationError, template_error
from local_sagemaker.services.cloudformation.functions import Names, resolve, text_of

_COMBINED: dict[str, Callable[[list[bool]], bool]] = {"Fn::And": all, "Fn::Or": any}


def holds(condition: Any, names: Names) -> bool:
    """Whether a condition is true. Raises ValidationError for what is none."""
    if isinstance(condition, dict) and len(condition) == 1:
        ((key, argument),) = condition.items()
        if key == "Condition":
            return names.is_true(argument)
        if key == "Fn::Equals" and len(argument) == 2:
            first, second = (text_of(resolve(each, names)) for each in argument)
            return first == second
        if key == "Fn::Not" and len(argument) == 1:
            return not holds(argument[0], names)
        if key in _COMBINED:
            return _COMBINED[key]([holds(each, names) for each in _operands(key, argument)])
        if key == "Fn::Contains":  # of rules only
            return text_of(resolve(argument[1], names)) in map(text_of, resolve(argument[0], names))
    raise template_error(f"{condition!r} is no condition that local AWS knows")


def _operands(function: str, argument: Any) -> list[Any]:
    """Raises ValidationError, in CloudFormation's words, for too few or too many."""
    if not isinstance(argument, list) or not 2 <= len(argument) <= 10:
        raise template_error(
            f"every {function} object requires a list of at least 2 and at most 10 boolean "
            "parameters."
        )
    return argument


def check_rules(rules: dict[str, Any], names: Names) -> None:
    """Raises ValidationError for the first assertion of a rule that does not hold."""
    for name, rule in rules.items():
        if "RuleCondition" in rule and not holds(rule["RuleCondition"], names):
            continue
        for assertion in rule.get("Assertions", []):
            if not holds(assertion["Assert"], names):
                said = assertion.get("AssertDescription", "")
                raise ValidationError(f"Rule {name} failed to satisfy constraint: {said}")
