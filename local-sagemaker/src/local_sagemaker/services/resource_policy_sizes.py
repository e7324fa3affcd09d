"""How long the policies of buckets, topics and queues may be.

Source: "Amazon S3 endpoints and quotas", "Amazon SNS endpoints and quotas", "Amazon SQS policy
quotas". The words of SQS were seen on AWS; those of S3 and SNS are ours.
"""

from __future__ import annotations

import json
from typing import Any

from moto.s3.exceptions import S3ClientError
from moto.s3.models import S3Backend
from moto.sns.exceptions import SNSInvalidParameter
from moto.sns.models import SNSBackend
from moto.sqs.exceptions import SQSException
from moto.sqs.models import SQSBackend

from local_sagemaker.services.patching import replace
from local_sagemaker.services.policy_sizes import size_of

_BUCKET, _TOPIC, _QUEUE, _STATEMENTS_OF_A_QUEUE = 20_480, 30_720, 8_192, 20
_POLICY = "Policy"


def install() -> None:
    put_by_moto = S3Backend.put_bucket_policy
    create_topic_by_moto, set_topic_by_moto = (
        SNSBackend.create_topic,
        SNSBackend.set_topic_attribute,
    )
    create_queue_by_moto, set_queue_by_moto = (
        SQSBackend.create_queue,
        SQSBackend.set_queue_attributes,
    )

    def put_bucket_policy(backend: Any, bucket_name: str, policy: Any) -> None:
        text = policy.decode() if isinstance(policy, bytes) else str(policy)
        if size_of(text) > _BUCKET:
            words = f"The policy exceeds the maximum size of {_BUCKET} bytes."
            raise S3ClientError("PolicyTooLarge", words)
        put_by_moto(backend, bucket_name, policy)

    def create_topic(backend: Any, name: str, attributes: Any = None, tags: Any = None) -> Any:
        _check_topic((attributes or {}).get(_POLICY))
        return create_topic_by_moto(backend, name, attributes, tags)

    def set_topic_attribute(backend: Any, topic_arn: str, name: str, value: str) -> None:
        _check_topic(value if name == "policy" else None)
        set_topic_by_moto(backend, topic_arn, name, value)

    def create_queue(backend: Any, name: str, tags: Any = None, **attributes: Any) -> Any:
        _check_queue(attributes.get(_POLICY))
        return create_queue_by_moto(backend, name, tags, **attributes)

    def set_queue_attributes(backend: Any, name: str, attributes: dict[str, Any]) -> Any:
        _check_queue(attributes.get(_POLICY))
        return set_queue_by_moto(backend, name, attributes)

    replace(S3Backend, "put_bucket_policy", put_bucket_policy)
    replace(SNSBackend, "create_topic", create_topic)
    replace(SNSBackend, "set_topic_attribute", set_topic_attribute)
    replace(SQSBackend, "create_queue", create_queue)
    replace(SQSBackend, "set_queue_attributes", set_queue_attributes)


def _check_topic(policy: str | None) -> None:
    if policy and size_of(policy) > _TOPIC:
        words = f"Invalid parameter: Policy exceeds the maximum size of {_TOPIC} bytes"
        raise SNSInvalidParameter(words)


def _check_queue(policy: str | None) -> None:
    if not policy:
        return
    if size_of(policy) > _QUEUE:
        raise SQSException("OverLimit", "Submitted policy is over max allowed size.")
    statements = json.loads(policy).get("Statement", [])
    count = len(statements) if isinstance(statements, list) else 1
    if count > _STATEMENTS_OF_A_QUEUE:
        words = f"{count} statements were found in the submitted policy, max allowed is"
        raise SQSException("OverLimit", f"{words} {_STATEMENTS_OF_A_QUEUE}")
