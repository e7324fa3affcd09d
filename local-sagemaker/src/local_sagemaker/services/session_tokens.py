"""GetSessionToken and GetFederationToken give out keys of their own, which this server then knows.

moto answers both with the keys of AWS's documentation, the same for everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from moto.core.responses import ActionResult
from moto.iam.models import iam_backends
from moto.sts.responses import TokenResponse
from moto.sts.utils import random_session_token

from local_sagemaker.protocol.authorization import credential_of
from local_sagemaker.services.patching import replace


@dataclass(frozen=True)
class Session:
    """What a key was given out for: it holds with its token, until it expires."""

    session_token: str
    expiration: datetime
    asked_with: str = ""
    """The access key whose owner it is of."""


sessions: dict[str, Session] = {}


def install() -> None:
    """Give out an access key of IAM's instead, as AssumeRole does."""
    for name in ("get_session_token", "get_federation_token"):
        replace(TokenResponse, name, _with_own_keys(getattr(TokenResponse, name)))


def session_of(access_key_id: str) -> Session | None:
    """The session that one of the two operations has begun with this key."""
    return sessions.get(access_key_id)


def access_key_of(response: TokenResponse) -> str:
    """The access key that signs a request: moto knows those of 20 characters alone."""
    credential = credential_of({"HTTP_AUTHORIZATION": response.headers.get("Authorization", "")})
    return credential.access_key_id if credential else ""


def _with_own_keys(operation: Any) -> Any:
    def answer(response: TokenResponse) -> ActionResult:
        answered: ActionResult = operation(response)
        credentials = cast(dict[str, Any], answered.result)["Credentials"]
        key = iam_backends[response.current_account][response.partition].create_temp_access_key()
        token = random_session_token()
        sessions[key.access_key_id] = Session(
            token, credentials["Expiration"], access_key_of(response)
        )
        credentials |= {
            "AccessKeyId": key.access_key_id,
            "SecretAccessKey": key.secret_access_key,
            "SessionToken": token,
        }
        return answered

    return answer
