"""The customer managed keys of KMS with which moto's resources are encrypted.

Each function takes an account, a region and a name, and answers with the key's ARN; None for what
is not encrypted, for AWS's own keys, and for keys that are not there.
"""

from __future__ import annotations

import base64
from typing import Any

from moto.kms.models import kms_backends
from moto.kms.utils import KEY_ID_LEN, RESERVED_ALIASES
from moto.s3.models import FakeBucket, s3_backends
from moto.secretsmanager.models import secretsmanager_backends
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends
from moto.ssm.models import ssm_backends


def alias_key(account: str, region: str, alias: str) -> str | None:
    """Of an alias with or without ARN."""
    name = alias.rpartition(":")[2]
    return None if name in RESERVED_ALIASES else _key(account, region, name)


def ciphertext_key(account: str, region: str, blob: str) -> str | None:
    """Of what a key has encrypted, in base 64: moto writes the key's id at its beginning."""
    try:
        name = base64.b64decode(blob)[:KEY_ID_LEN].decode()
    except ValueError:
        return None
    key = kms_backends[account][region].keys.get(name)
    return str(key.arn) if key else None


def bucket_key(_account: str, region: str, bucket: str) -> str | None:
    """Of what a bucket encrypts new objects with."""
    found = _bucket(bucket)
    rule: Any = (found.encryption or {}).get("Rule", {}) if found else {}
    default = rule.get("ApplyServerSideEncryptionByDefault", {})
    if not found or not str(default.get("SSEAlgorithm", "")).startswith("aws:kms"):
        return None
    return _named(found.account_id, region, default.get("KMSMasterKeyID"))


def object_key(_account: str, region: str, path: str) -> str | None:
    """Of `bucket/key`, in its newest version."""
    bucket, _, name = path.partition("/")
    found = _bucket(bucket)
    content: Any = found.keys.get(name) if found else None
    encryption = getattr(content, "encryption", None)  # what marks a deletion has none
    if not found or not str(encryption).startswith("aws:kms"):
        return None
    return _named(found.account_id, region, content.kms_key_id)


def queue_key(_account: str, region: str, arn: str) -> str | None:
    """Of a queue's ARN."""
    *_, place, account, name = arn.split(":")
    queue: Any = sqs_backends[account][place].queues.get(name)
    return _named(account, region, getattr(queue, "kms_master_key_id", None))


def topic_key(_account: str, region: str, arn: str) -> str | None:
    """Of a topic's ARN."""
    *_, place, account, _name = arn.split(":")
    topic = sns_backends[account][place].topics.get(arn)
    return _named(account, region, topic.kms_master_key_id if topic else None)


def secret_key(account: str, region: str, name: str) -> str | None:
    """Of a secret's name or ARN."""
    secrets: Any = secretsmanager_backends[account][region].secrets
    return _named(account, region, secrets[name].kms_key_id if name in secrets else None)


def parameter_key(account: str, region: str, name: str) -> str | None:
    """Of a SecureString's name, with its first slash or without."""
    parameters = ssm_backends[account][region]._parameters
    for each in (name, f"/{name}"):
        if each in dict.keys(parameters):
            return _named(account, region, parameters[each][-1].keyid)
    return None


def _bucket(name: str) -> FakeBucket | None:
    partition, account = s3_backends.bucket_accounts.get(name, ("", ""))
    return s3_backends[account][partition].buckets.get(name) if account else None


def _named(account: str, region: str, key: str | None) -> str | None:
    """Of a key that is called by id, ARN or alias, in whichever region its ARN names."""
    if not key:
        return None
    if key.startswith("arn:"):
        _, _, _, region, account, key = key.split(":", 5)
    if key.startswith("alias/"):
        return alias_key(account, region, key)
    return _key(account, region, key.removeprefix("key/"))


def _key(account: str, region: str, name: str) -> str | None:
    backend = kms_backends[account][region]
    for key in list(backend.keys.values()):
        if name == key.id or name in key.aliases:
            return str(key.arn) if key.key_manager == "CUSTOMER" else None
    return None
