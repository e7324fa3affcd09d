"""Notifications are signed in the version that their topic asks for: 1 unless it says 2.

https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
"""

from __future__ import annotations

import base64
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from moto.sns.models import Subscription

from local_sagemaker.services.patching import replace

_SIGNED = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")


def install() -> None:
    notification_of = Subscription.get_post_data

    def get_post_data(subscription: Any, *given: Any, **named: Any) -> dict[str, Any]:
        notification: dict[str, Any] = notification_of(subscription, *given, **named)
        version = getattr(subscription.topic, "signature_version", "1")
        signed = signature(subscription.private_key(), notification, version)
        return notification | {"SignatureVersion": version, "Signature": signed}

    replace(Subscription, "get_post_data", get_post_data)


def signature(key: Any, notification: dict[str, Any], version: str) -> str:
    """Over each signed member that is there: a line for its name, and one for its value."""
    there = (name for name in _SIGNED if name in notification)
    text = "".join(f"{name}\n{notification[name]}\n" for name in there)
    algorithm = hashes.SHA1() if version == "1" else hashes.SHA256()
    return base64.b64encode(key.sign(text.encode(), padding.PKCS1v15(), algorithm)).decode()
