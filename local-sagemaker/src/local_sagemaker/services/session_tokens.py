"""What STS knows of the sessions that it has begun; moto forgets most of what was asked for.

moto answers GetSessionToken and GetFederationToken with the keys of AWS's documentation, the same
for everybody.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from moto.core.responses import ActionResult
from moto.iam.models import iam_backends
from moto.sts.models import AssumedRole
from moto.sts.responses import TokenResponse
from moto.sts.utils import random_session_token

from local_sagemaker.protocol.authorization import credential_of
from local_sagemaker.protocol.callers import caller_by_key
from local_sagemaker.services import patching
from local_sagemaker.services.session_requests import SessionRequest, read_request


@dataclass(frozen=True)
class Session:
    """What a key was given out for: it holds with its token, until it expires."""

    session_token: str
    expiration: datetime
    request: SessionRequest
    asked_with: str
    """The access key of whoever has begun it."""


sessions: dict[str, Session] = {}


def install() -> None:
    """Give out an access key of IAM's instead, as AssumeRole does, and remember what for."""
    assume, begin = TokenResponse.assume_role, TokenResponse.get_session_token
    federate = TokenResponse.get_federation_token

    def assume_role(response: TokenResponse) -> ActionResult:
        caller = session_of(access_key_of(response))
        request = replace(
            read_request(response, caller.request if caller else None),
            role_arn=response._get_param("RoleArn"),
            session_name=response._get_param("RoleSessionName"),
        )
        answered = assume(response)
        made = cast(AssumedRole, cast(dict[str, Any], answered.result)["Credentials"])
        _remember(response, made.access_key_id, made.session_token, made.expiration, request)
        return answered

    def get_session_token(response: TokenResponse) -> ActionResult:
        return _with_own_keys(response, begin(response), SessionRequest())

    def get_federation_token(response: TokenResponse) -> ActionResult:
        request, answered = read_request(response), federate(response)
        user = cast(dict[str, Any], answered.result)["FederatedUser"]["Arn"]
        return _with_own_keys(response, answered, replace(request, federated_user=user))

    for operation in (assume_role, get_session_token, get_federation_token):
        patching.replace(TokenResponse, operation.__name__, operation)


def session_of(access_key_id: str) -> Session | None:
    """The session that this key was given out for."""
    return sessions.get(access_key_id)


def is_temporary(access_key_id: str) -> bool:
    """Whether a key is of a session, be it one that a service has begun."""
    return access_key_id in sessions or bool(caller_by_key(access_key_id).role)


def access_key_of(response: TokenResponse) -> str:
    """The access key that signs a request: moto knows those of 20 characters alone."""
    credential = credential_of({"HTTP_AUTHORIZATION": response.headers.get("Authorization", "")})
    return credential.access_key_id if credential else ""


def _with_own_keys(
    response: TokenResponse, answered: ActionResult, request: SessionRequest
) -> ActionResult:
    credentials = cast(dict[str, Any], answered.result)["Credentials"]
    key = iam_backends[response.current_account][response.partition].create_temp_access_key()
    token = random_session_token()
    _remember(response, key.access_key_id, token, credentials["Expiration"], request)
    credentials |= {
        "AccessKeyId": key.access_key_id,
        "SecretAccessKey": key.secret_access_key,
        "SessionToken": token,
    }
    return answered


def _remember(
    response: TokenResponse, key: str, token: str, expiration: datetime, request: SessionRequest
) -> None:
    sessions[key] = Session(token, expiration, request, access_key_of(response))
