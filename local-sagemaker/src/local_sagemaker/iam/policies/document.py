"""Reads policies. A malformed one is refused in the words of IAM's MalformedPolicyDocument."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from local_sagemaker.iam.policies.conditions import Condition, UnknownOperator
from local_sagemaker.iam.policies.principals import Principals
from local_sagemaker.iam.policies.statement import Names, Statement
from local_sagemaker.iam.policies.wildcards import literal

_WITHOUT_VARIABLES = "2008-10-17"
_VERSIONS = ("2012-10-17", _WITHOUT_VARIABLES)
_SYNTAX = "Syntax errors in policy."


class MalformedPolicy(ValueError):
    """A text is no policy; the message is IAM's where it is public."""


@dataclass(frozen=True)
class Policy:
    """The statements of one document."""

    statements: tuple[Statement, ...]


@lru_cache(maxsize=2048)
def read_policy(text: str) -> Policy:
    """Read once, however often it is asked for. Raises MalformedPolicy."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise MalformedPolicy(_SYNTAX) from None
    if not isinstance(document, dict) or "Statement" not in document:
        raise MalformedPolicy(_SYNTAX)
    version = document.get("Version", _WITHOUT_VARIABLES)
    if version not in _VERSIONS:
        raise MalformedPolicy("The policy must contain a valid version string")
    if version == _WITHOUT_VARIABLES:
        document = json.loads(text.replace("$", literal("$")))
    statements = tuple(_statement(each) for each in _listed(document["Statement"]))
    return Policy(statements)


def _statement(given: Any) -> Statement:
    if not isinstance(given, dict) or given.get("Effect") not in ("Allow", "Deny"):
        raise MalformedPolicy(_SYNTAX)
    actions = _names(given, "Action")
    if actions is None:
        raise MalformedPolicy("Policy statement must contain actions.")
    return Statement(
        allows=given["Effect"] == "Allow",
        actions=Names(tuple(each.lower() for each in actions.patterns), actions.negated),
        resources=_names(given, "Resource"),
        principals=_principals(given),
        conditions=tuple(_conditions(given.get("Condition") or {})),
        sid=str(given.get("Sid", "")),
    )


def _names(statement: dict[str, Any], element: str) -> Names | None:
    negated = f"Not{element}"
    if element in statement and negated in statement:
        raise MalformedPolicy(_SYNTAX)
    if element in statement:
        return Names(_texts(statement[element]))
    return Names(_texts(statement[negated]), negated=True) if negated in statement else None


def _principals(statement: dict[str, Any]) -> Principals | None:
    negated = "NotPrincipal" in statement
    given = statement.get("NotPrincipal" if negated else "Principal")
    if given is None:
        return None
    if given == "*":
        return Principals(everybody=True, negated=negated)
    if not isinstance(given, dict):
        raise MalformedPolicy("Invalid principal in policy")
    names = _texts(given.get("AWS", ()))
    services = _texts(given.get("Service", ()))
    return Principals("*" in names, names, services, negated)


def _conditions(given: Any) -> list[Condition]:
    if not isinstance(given, dict) or not all(isinstance(keys, dict) for keys in given.values()):
        raise MalformedPolicy(_SYNTAX)
    try:
        return [
            Condition.read(operator, key, _texts(values))
            for operator, keys in given.items()
            for key, values in keys.items()
        ]
    except UnknownOperator as unknown:
        raise MalformedPolicy(f"Invalid Condition type : {unknown}.") from None


def _texts(given: Any) -> tuple[str, ...]:
    """One value or a list of them; truths and numbers as JSON writes them."""
    return tuple(each if isinstance(each, str) else json.dumps(each) for each in _listed(given))


def _listed(given: Any) -> list[Any]:
    return list(given) if isinstance(given, (list, tuple)) else [given]
