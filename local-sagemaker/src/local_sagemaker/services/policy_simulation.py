"""iam:SimulatePrincipalPolicy, which moto lacks: what a role's or user's policies allow.

The SageMaker Python SDK v3 asks it about the role before it creates a job. The policies are read
as IAM does ("Policy evaluation logic" in the IAM guide): a Deny wins, else an Allow, else nothing
is allowed. Condition keys are unknown here: an Allow counts whatever its Condition, a Deny with a
Condition does not count. Boundaries and organizations do not exist.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from moto.core.responses import ActionResult
from moto.iam.models import IAMBackend
from moto.iam.responses import IamResponse

from local_sagemaker.services.patching import replace

Statement = dict[str, Any]


def install() -> None:
    replace(IamResponse, "simulate_principal_policy", _simulate_principal_policy)


def decide(statements: list[Statement], action: str, resource: str) -> str:
    """EvalDecision of IAM for an action on a resource."""
    matching = [each for each in statements if _matches(each, action, resource)]
    if any(each["Effect"] == "Deny" for each in matching):
        return "explicitDeny"
    return "allowed" if matching else "implicitDeny"


def _simulate_principal_policy(response: IamResponse) -> Any:
    arn = response._get_param("PolicySourceArn")
    statements = list(_statements(response.backend, arn))
    resources = response._get_param("ResourceArns") or ["*"]
    results = [
        {
            "EvalActionName": action,
            "EvalResourceName": resource,
            "EvalDecision": decide(statements, action, resource),
        }
        for action in response._get_param("ActionNames")
        for resource in resources
    ]
    return ActionResult({"EvaluationResults": results, "IsTruncated": False})


def _statements(backend: IAMBackend, arn: str) -> Iterator[Statement]:
    """The statements of a principal's policies; raises IAM's NoSuchEntity."""
    name = arn.rpartition("/")[2]
    principal = backend.get_role(name) if ":role/" in arn else backend.get_user(name)
    documents = [*principal.policies.values(), *map(_document, principal.managed_policies.values())]
    for document in documents:
        statements = json.loads(document)["Statement"]
        yield from statements if isinstance(statements, list) else [statements]


def _document(policy: Any) -> str:
    versions = {version.version_id: version.document for version in policy.versions}
    return str(versions[policy.default_version_id])


def _matches(statement: Statement, action: str, resource: str) -> bool:
    if "Condition" in statement and statement["Effect"] == "Deny":
        return False
    return _listed(statement, "Action", action) and _listed(statement, "Resource", resource)


def _listed(statement: Statement, element: str, value: str) -> bool:
    """Whether Action (or Resource) names the value, or NotAction does not."""
    negated = f"Not{element}"
    given: Any = statement.get(element, statement.get(negated, []))
    patterns: list[str] = [given] if isinstance(given, str) else given
    found = any(_fits(pattern, value) for pattern in patterns)
    return found if element in statement else not found


def _fits(pattern: str, value: str) -> bool:
    expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(expression, value, re.IGNORECASE) is not None
