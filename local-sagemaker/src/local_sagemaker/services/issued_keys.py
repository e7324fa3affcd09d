"""The keys that moto's IAM and STS have given out to clients."""

from __future__ import annotations

from moto.core.utils import utcnow
from moto.iam import models
from moto.sts.models import sts_backends

from local_sagemaker.services.session_tokens import session_of


def secret_of(access_key_id: str, token: str) -> str | None:
    """The secret of a key of a user, or of a session if the token is that session's.

    None for a key that is not theirs, is inactive or is over.
    """
    account = models.get_account_id_from(access_key_id)
    for partition, iam in list(models.iam_backends[account].items()):
        key = iam.access_keys.get(access_key_id)
        if key is None:
            continue
        roles = sts_backends[account][partition]
        session = roles.get_assumed_role_from_access_key(access_key_id) or session_of(access_key_id)
        if session is None:
            return str(key.secret_access_key) if key.status == "Active" and not token else None
        holds = token == session.session_token and utcnow() < session.expiration
        return str(key.secret_access_key) if holds else None
    return None
