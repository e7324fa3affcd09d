"""Whether SageMaker may take on a role, by the role's own trust policy.

Who writes a role's policies alone often forgets it. A role that nobody has made is taken all the
same: local AWS enforces no policy, and most programs that try something out have no role.
"""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from typing import Any

from moto.iam.models import Role, iam_backends

from local_sagemaker.protocol.account import ACCOUNT

_SAGEMAKER, _ASSUME = "sagemaker.amazonaws.com", "sts:AssumeRole"


def keeps_sagemaker_out(arn: str) -> bool:
    """Of a role that is there; False for any other."""
    role = _find(arn)
    return role is not None and not any(map(_admits, _statements(role)))


def _find(arn: str) -> Role | None:
    roles = [role for backend in iam_backends[ACCOUNT].values() for role in backend.roles.values()]
    return next((role for role in roles if role.arn == arn), None)


def _statements(role: Role) -> list[dict[str, Any]]:
    """moto keeps what it was given, which may be no policy at all."""
    try:
        document = json.loads(role.assume_role_policy_document)
    except (TypeError, ValueError):
        return []
    given = document.get("Statement", []) if isinstance(document, dict) else []
    return [each for each in _listed(given) if isinstance(each, dict)]


def _admits(statement: dict[str, Any]) -> bool:
    """Its conditions are not looked at, as nowhere here."""
    principal = statement.get("Principal", {})
    services = principal.get("Service", []) if isinstance(principal, dict) else principal
    return (
        statement.get("Effect") == "Allow"
        and any(each in ("*", _SAGEMAKER) for each in _listed(services))
        and any(fnmatchcase(_ASSUME, str(each)) for each in _listed(statement.get("Action", [])))
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
