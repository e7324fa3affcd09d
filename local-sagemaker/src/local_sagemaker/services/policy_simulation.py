"""iam:SimulatePrincipalPolicy and SimulateCustomPolicy, which moto lacks.

The SageMaker Python SDK v3 asks the first about the role before it creates a job. Condition keys
are those of ContextEntries; what else a request would tell is not known.
"""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.iam.responses import IamResponse

from local_sagemaker.iam.policies.document import Policy, read_policy
from local_sagemaker.iam.policies.evaluation import Policies, evaluate
from local_sagemaker.iam.policies.principals import Principal
from local_sagemaker.iam.policies.statement import Request
from local_sagemaker.protocol.account import ACCOUNT
from local_sagemaker.services.patching import replace
from local_sagemaker.services.permissions.attached import boundary_of, policies_of


def install() -> None:
    replace(IamResponse, "simulate_principal_policy", _simulate_principal_policy)
    replace(IamResponse, "simulate_custom_policy", _simulate_custom_policy)


def _simulate_principal_policy(response: IamResponse) -> Any:
    """Raises IAM's NoSuchEntity."""
    arn = response._get_param("PolicySourceArn")
    name = arn.rpartition("/")[2]
    is_role = ":role/" in arn
    holder = response.backend.get_role(name) if is_role else response.backend.get_user(name)
    more = _policies(response, "PolicyInputList")
    policies = Policies(policies_of(holder) + more, boundary_of(holder))
    principal = Principal(ACCOUNT, "" if is_role else arn, arn if is_role else "")
    return _answer(response, principal, policies)


def _simulate_custom_policy(response: IamResponse) -> Any:
    boundaries = _policies(response, "PermissionsBoundaryPolicyInputList")
    policies = Policies(_policies(response, "PolicyInputList"), next(iter(boundaries), None))
    return _answer(response, Principal(ACCOUNT, response._get_param("CallerArn") or ""), policies)


def _policies(response: IamResponse, parameter: str) -> tuple[Policy, ...]:
    return tuple(read_policy(text) for text in response._get_param(parameter) or [])


def _answer(response: IamResponse, principal: Principal, policies: Policies) -> ActionResult:
    context = {
        entry["ContextKeyName"].lower(): tuple(entry["ContextKeyValues"])
        for entry in response._get_param("ContextEntries") or []
    }
    results = [
        {
            "EvalActionName": action,
            "EvalResourceName": resource,
            "EvalDecision": _decision(Request(principal, action, resource, context), policies),
        }
        for action in response._get_param("ActionNames")
        for resource in response._get_param("ResourceArns") or ["*"]
    ]
    return ActionResult({"EvaluationResults": results, "IsTruncated": False})


def _decision(request: Request, policies: Policies) -> str:
    """EvalDecision of IAM."""
    verdict = evaluate(request, policies)
    if verdict.is_allowed:
        return "allowed"
    return "explicitDeny" if verdict.is_explicit else "implicitDeny"
