"""Whose a key is, looked up where there are keys.

moto looks into the IAM of every partition, and makes each that there is not, with a copy of the
thousand policies that AWS manages: most of the processor time of a new server's first request.
"""

from __future__ import annotations

from moto.iam import models

from local_sagemaker.protocol.account import ACCOUNT
from local_sagemaker.services.patching import replace


def install() -> None:
    replace(models, "get_account_id_from", _account_of)


def _account_of(access_key: str) -> str:
    for account, partitions in list(models.iam_backends.items()):
        if any(access_key in iam.access_keys for iam in list(partitions.values())):
            return account
    return ACCOUNT
