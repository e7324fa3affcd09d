"""The policies that resources have themselves: buckets, queues, topics, functions, keys, secrets.

A text that is no policy grants nothing; AWS would not have taken it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from moto.awslambda.models import lambda_backends
from moto.kms.models import kms_backends
from moto.s3.models import s3_backends
from moto.secretsmanager.models import secretsmanager_backends
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends

from local_sagemaker.iam.policies.document import MalformedPolicy, Policy, read_policy
from local_sagemaker.services.permissions.attached import role_of

_OF_TRUST = ("sts:assumerole", "sts:tagsession", "sts:setsourceidentity")


@dataclass(frozen=True)
class Resource:
    """What is asked for: its policy, if it has one, and the account that it belongs to.

    `must_consent` is true of what nobody may use whom its own policy does not name.
    """

    policy: Policy | None
    account: str = ""
    must_consent: bool = False


@dataclass(frozen=True)
class _Arn:
    partition: str
    service: str
    region: str
    account: str
    name: str


def resource_of(action: str, arn: str) -> Resource:
    """The resource with this ARN, as the action finds it.

    Its trust policy is asked only by who takes on a role, not by who passes it.
    """
    if arn.count(":") < 5:
        return Resource(None)
    parts = _Arn(*arn.split(":", 5)[1:])
    if parts.service == "s3":
        return _bucket(parts)
    if parts.service == "iam":
        is_asked = action.lower().startswith(_OF_TRUST) and parts.name.startswith("role/")
        return _role(arn, parts.account) if is_asked else Resource(None)
    find = _TEXTS.get(parts.service)
    text = find(parts) if find else None
    policy = _read(text) if text else None
    is_key = parts.service == "kms" and parts.name.startswith("key/")
    return Resource(policy, parts.account, must_consent=is_key)


def is_without_policy(arn: str) -> bool:
    """Whether it is a queue or a topic that is there and for which nobody has written a policy."""
    if arn.count(":") != 5:
        return False
    _, _, service, region, account, name = arn.split(":")
    if service == "sqs":
        queue: Any = sqs_backends[account][region].queues.get(name)
        return queue is not None and not queue.policy
    if service == "sns":
        topic: Any = sns_backends[account][region].topics.get(arn)
        new = topic and topic._create_default_topic_policy(region, account, name)
        return topic is not None and topic._policy_json == new
    return False


def _read(text: str) -> Policy | None:
    try:
        return read_policy(text)
    except MalformedPolicy:
        return None


def _role(arn: str, account: str) -> Resource:
    role = role_of(arn)
    trust = _read(role.assume_role_policy_document or "") if role else None
    return Resource(trust, account, must_consent=True)


def _bucket(arn: _Arn) -> Resource:
    """Buckets have no account in their ARN; a new one is of whom makes it."""
    name = arn.name.partition("/")[0]
    _, account = s3_backends.bucket_accounts.get(name, ("", ""))
    bucket = s3_backends[account][arn.partition].buckets.get(name) if account else None
    policy = bucket.policy if bucket else None
    return Resource(_read(policy.decode()) if policy else None, account)


def _queue(arn: _Arn) -> str | None:
    queue: Any = sqs_backends[arn.account][arn.region].queues.get(arn.name)
    return queue.policy if queue else None


def _topic(arn: _Arn) -> str | None:
    topics = sns_backends[arn.account][arn.region].topics
    topic = topics.get(f"arn:{arn.partition}:sns:{arn.region}:{arn.account}:{arn.name}")
    return topic.policy if topic else None


def _function(arn: _Arn) -> str | None:
    """A version or an alias has statements of its own, which name it as their Resource."""
    whole = f"arn:{arn.partition}:lambda:{arn.region}:{arn.account}:{arn.name}"
    if not arn.name.startswith("function:"):
        return None
    function = lambda_backends[arn.account][arn.region].get_function_by_arn(whole)
    statements = function.policy.statements if function else []
    return json.dumps({"Version": "2012-10-17", "Statement": statements}) if statements else None


def _key(arn: _Arn) -> str | None:
    key = kms_backends[arn.account][arn.region].keys.get(arn.name.partition("/")[2])
    policy: Any = key.policy if key else None
    return json.dumps(policy) if isinstance(policy, dict) else policy  # of CloudFormation's keys


def _secret(arn: _Arn) -> str | None:
    whole = f"arn:{arn.partition}:secretsmanager:{arn.region}:{arn.account}:{arn.name}"
    secrets = dict.values(secretsmanager_backends[arn.account][arn.region].secrets)
    secret: Any = next((each for each in secrets if each.arn == whole), None)
    return secret.policy if secret else None


_TEXTS: dict[str, Callable[[_Arn], str | None]] = {
    "sqs": _queue,
    "sns": _topic,
    "lambda": _function,
    "kms": _key,
    "secretsmanager": _secret,
}
