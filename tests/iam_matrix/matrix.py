"""Which recorded calls would be denied if a piece of a statement were taken away."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from local_sagemaker.iam.policies.document import read_policy
from local_sagemaker.iam.policies.principals import Principal
from local_sagemaker.iam.policies.statement import Request
from local_sagemaker.iam.policies.statement import Statement as ReadStatement

from tests.iam_matrix.asked import Asked
from tests.iam_matrix.template import ACCOUNT, Statement

Grant = tuple[Statement, str, str]  # a statement with one action and one resource of it


@dataclass(frozen=True)
class Piece:
    """An action or a resource of a statement, and the calls that need it.

    `calls` are those that were denied without it; `others` those that it allows, but that
    something else of the role allows too.
    """

    statement: Statement
    kind: Literal["action", "resource"]
    name: str
    calls: tuple[str, ...]
    others: tuple[str, ...] = ()


@dataclass
class Matrix:
    """The grants that speak of each recorded permission."""

    statements: list[Statement]
    grants: dict[tuple[str, ...], tuple[Asked, list[Grant]]] = field(default_factory=dict)

    @classmethod
    def of(cls, statements: list[Statement], asked: Iterable[Asked]) -> Matrix:
        matrix = cls(statements)
        for each in asked:
            found = [grant for grant in _grants(statements) if _speaks_of(grant, each)]
            matrix.grants[each.key] = (each, found)
        return matrix

    def denied(self) -> list[Asked]:
        """What the recorded runs were allowed, and the template does not permit (any more)."""
        return [asked for asked, grants in self.grants.values() if not grants]

    def pieces(self) -> Iterator[Piece]:
        """Every action of every statement, and every resource that is not its only one.

        To take away the only resource is to take away all actions.
        """
        for statement in self.statements:
            for action in statement.actions:
                yield self._piece(statement, "action", action)
            for resource in statement.resources[1:] and statement.resources:
                yield self._piece(statement, "resource", resource)

    def _piece(self, statement: Statement, kind: Literal["action", "resource"], name: str) -> Piece:
        needed: dict[str, None] = {}
        allowed: dict[str, None] = {}
        for asked, grants in self.grants.values():
            of_piece = [grant for grant in grants if _has(grant, statement, kind, name)]
            if of_piece:
                found = needed if len(of_piece) == len(grants) else allowed
                found[asked.operation] = None
        return Piece(statement, kind, name, tuple(needed), tuple(allowed.keys() - needed.keys()))


def _grants(statements: Iterable[Statement]) -> Iterator[Grant]:
    for statement in statements:
        for action in statement.actions:
            for resource in statement.resources:
                yield statement, action, resource


def _has(grant: Grant, statement: Statement, kind: str, name: str) -> bool:
    return grant[0] is statement and name == grant[1 if kind == "action" else 2]


def _speaks_of(grant: Grant, asked: Asked) -> bool:
    """Conditions on what the recording does not have, such as tags of resources, count as held."""
    statement, action, resource = grant
    if statement.role != asked.role:
        return False
    context = {key: tuple(values) for key, values in asked.context.items()}
    principal = Principal(ACCOUNT, f"arn:aws:iam::{ACCOUNT}:role/{asked.role}")
    request = Request(principal, asked.action, asked.resource, context)
    return bool(_read(statement, action, resource, frozenset(context)).grant(request))


def _read(statement: Statement, action: str, resource: str, known: frozenset[str]) -> ReadStatement:
    condition = {
        operator: kept
        for operator, keys in statement.condition.items()
        if (kept := {key: value for key, value in keys.items() if key.lower() in known})
    }
    written = {"Effect": "Allow", "Action": action, "Resource": resource.replace("${", "${$}{"),
               "Condition": condition}  # fmt: skip
    return read_policy(json.dumps({"Version": "2012-10-17", "Statement": [written]})).statements[0]
