"""Key pairs that only this server can have issued.

The id of a pair tells who calls (protocol.callers); its secret proves that. A secret is made of its
id and of something that nobody but this process knows, so that none is kept anywhere.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field

_OF_THE_OWNER = "LOCAL"
_BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_of_this_process = os.urandom(32)


@dataclass(frozen=True)
class KeyPair:
    """An access key id and its secret access key."""

    access_key_id: str
    secret_access_key: str = field(repr=False)


def random_pair() -> KeyPair:
    """A pair that is nobody's yet, in the form of AWS's own: 20 characters, and 40."""
    letters = "".join(secrets.choice(_BASE_32) for _ in range(15))
    return KeyPair(f"{_OF_THE_OWNER}{letters}", secrets.token_urlsafe(30))


def is_owners(access_key_id: str) -> bool:
    """Whether a key is one that a server has made for whoever started it."""
    return access_key_id.startswith(_OF_THE_OWNER)


def issue(access_key_id: str) -> KeyPair:
    """The pair with this id; the same at each call, until the server ends."""
    digest = hmac.digest(_of_this_process, access_key_id.encode(), hashlib.sha256)
    return KeyPair(access_key_id, base64.urlsafe_b64encode(digest).decode()[:40])
