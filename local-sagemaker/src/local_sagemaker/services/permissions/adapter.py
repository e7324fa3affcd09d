"""Puts the policies' rules into moto's IAM and STS."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.core.responses import ActionResult
from moto.iam.exceptions import MalformedPolicyDocument
from moto.iam.models import IAMBackend, Role
from moto.iam.policy_validation import (
    IAMPolicyDocumentValidator,
    IAMTrustPolicyDocumentValidator,
)
from moto.sts.responses import TokenResponse

from local_sagemaker.iam.policies.checks import check_identity_policy, check_trust_policy
from local_sagemaker.iam.policies.document import MalformedPolicy
from local_sagemaker.services.patching import replace
from local_sagemaker.services.permissions.identities import identity_of
from local_sagemaker.services.session_tokens import access_key_of


def install() -> None:
    """Refuse policies that moto takes and IAM does not, and tell roles of services who they are."""
    create_role = IAMBackend.create_role
    identify = TokenResponse.get_caller_identity

    def create_checked_role(backend: Any, name: str, trust: str, *rest: Any, **named: Any) -> Role:
        _check(check_trust_policy, trust)
        return create_role(backend, name, trust, *rest, **named)

    def caller_identity(response: TokenResponse) -> ActionResult:
        identity = identity_of(access_key_of(response))
        if identity is None:
            return identify(response)
        who = identity.principal
        return ActionResult({"UserId": identity.user_id, "Account": who.account, "Arn": who.arn})

    _check_besides(IAMPolicyDocumentValidator, check_identity_policy)
    _check_besides(IAMTrustPolicyDocumentValidator, check_trust_policy)
    replace(IAMBackend, "create_role", create_checked_role)
    replace(TokenResponse, "get_caller_identity", caller_identity)


def _check_besides(validator_class: Any, check: Callable[[str], None]) -> None:
    """Let a validator of moto's check what it leaves out."""
    validate = validator_class.validate

    def validate_all(validator: Any) -> None:
        validate(validator)
        _check(check, validator._policy_document)

    replace(validator_class, "validate", validate_all)


def _check(check: Callable[[str], None], text: str) -> None:
    try:
        check(text)
    except MalformedPolicy as fault:
        raise MalformedPolicyDocument(str(fault)) from fault
