"""Keys of KMS that services use in the caller's name: kms:Decrypt, kms:GenerateDataKey, ...

The service asks with the caller's permissions (a forward access session), and says so in
kms:ViaService. Which operations ask for what: the API references of S3 and of Secrets Manager, the
guides "Key management" of SQS and SNS, and "AWS KMS encryption for AWS Systems Manager Parameter
Store SecureString parameters".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from local_sagemaker.iam.need import Need
from local_sagemaker.iam.needs.call import Call
from local_sagemaker.iam.needs.keys import key_arn
from local_sagemaker.iam.needs.known import Fact, Known
from local_sagemaker.iam.needs.object_storage import copy_source
from local_sagemaker.protocol.account import partition_of

_READ, _WRITE = ("kms:Decrypt",), ("kms:GenerateDataKey",)
_BOTH = ("kms:GenerateDataKey", "kms:Decrypt")
_UPDATE = (*_BOTH, "kms:Encrypt")
_OBJECTS = {
    "GetObject": _READ,
    "HeadObject": _READ,
    "SelectObjectContent": _READ,
    "PutObject": _WRITE,
    "CreateMultipartUpload": _BOTH,
    "UploadPart": _BOTH,
    "CompleteMultipartUpload": _READ,
    "CopyObject": _WRITE,
    "UploadPartCopy": _BOTH,
}
_MESSAGES: dict[tuple[str, str], tuple[Fact, str, tuple[str, ...]]] = {
    ("sqs", "SendMessage"): ("key of a queue", "QueueArn", _BOTH),
    ("sqs", "SendMessageBatch"): ("key of a queue", "QueueArn", _BOTH),
    ("sqs", "ReceiveMessage"): ("key of a queue", "QueueArn", _READ),
    ("sns", "Publish"): ("key of a topic", "TopicArn", _BOTH),
    ("sns", "PublishBatch"): ("key of a topic", "TopicArn", _BOTH),
    ("secretsmanager", "GetSecretValue"): ("key of a secret", "SecretId", _READ),
    ("secretsmanager", "BatchGetSecretValue"): ("key of a secret", "SecretIdList", _READ),
    ("secretsmanager", "PutSecretValue"): ("key of a secret", "SecretId", _BOTH),
    ("secretsmanager", "UpdateSecret"): ("key of a secret", "SecretId", _UPDATE),
    ("ssm", "GetParameter"): ("key of a parameter", "Name", _READ),
    ("ssm", "GetParameters"): ("key of a parameter", "Names", _READ),
}
_NAMED = {
    ("secretsmanager", "CreateSecret"): ("KmsKeyId", _BOTH),
    ("secretsmanager", "UpdateSecret"): ("KmsKeyId", _UPDATE),
    ("ssm", "PutParameter"): ("KeyId", ("kms:Encrypt",)),  # an advanced one has a data key
}
"""Requests that name the key themselves."""


def key_needs(call: Call, known: Known) -> Iterator[Need]:
    """The keys that a service uses to do what a call asks for."""
    if _uses_no_key(call):
        return
    if call.service == "s3" and call.operation in _OBJECTS:
        yield from _of_objects(call, known)
    keys: dict[str | None, tuple[str, ...]] = {}
    if (call.service, call.operation) in _MESSAGES:
        fact, member, actions = _MESSAGES[call.service, call.operation]
        names = call.texts(member)
        keys |= {known.look_up(fact, name, call.region): actions for name in names}
    if (call.service, call.operation) in _NAMED:
        member, actions = _NAMED[call.service, call.operation]
        if call.text("Tier") == "Advanced":
            actions = _WRITE
        keys |= {key_arn(call, known, name): actions for name in call.texts(member)}
    for key, actions in keys.items():
        yield from (_need(call, action, key, {}) for action in actions if key)


def _uses_no_key(call: Call) -> bool:
    """A parameter that stays encrypted, or a look at an object without its checksum."""
    given = call.parameters
    if call.service == "ssm" and call.operation.startswith("Get"):
        return not given.get("WithDecryption")
    return call.operation == "HeadObject" and given.get("ChecksumMode") != "ENABLED"


def _of_objects(call: Call, known: Known) -> Iterator[Need]:
    """What is read has the object's key; what is written the request's, or else the bucket's."""
    bucket = call.text("Bucket") or ""
    name = f"{bucket}/{call.text('Key') or ''}"
    actions = _OBJECTS[call.operation]
    if actions is _READ:
        key = known.look_up("key of an object", name, call.region)
    else:
        key = _written_with(call, known, bucket)
    yield from _for_object(call, actions, key, name)
    if "CopySource" in call.parameters:
        source, _ = copy_source(call)
        opened = known.look_up("key of an object", source, call.region)
        yield from _for_object(call, _READ, opened, source)


def _for_object(call: Call, actions: tuple[str, ...], key: str | None, name: str) -> Iterator[Need]:
    if key:
        arn = f"arn:{partition_of(call.region)}:s3:::{name}"
        context = {"kms:encryptioncontext:aws:s3:arn": (arn,)}
        yield from (_need(call, action, key, context) for action in actions)


def _written_with(call: Call, known: Known, bucket: str) -> str | None:
    encryption = call.text("ServerSideEncryption")
    if encryption is not None and not encryption.startswith("aws:kms"):
        return None
    named = call.text("SSEKMSKeyId")
    return key_arn(call, known, named) if named else \
        known.look_up("key of a bucket", bucket, call.region)  # fmt: skip


def _need(call: Call, action: str, key: str, context: Mapping[str, tuple[str, ...]]) -> Need:
    via = f"{call.prefix}.{call.region}.amazonaws.com"
    names = tuple(name.partition("encryptioncontext:")[2] for name in context)
    keys = {"kms:encryptioncontextkeys": names} if names else {}
    caller = {"kms:viaservice": (via,), "kms:calleraccount": (call.account,)}
    return Need(action, key, {**caller, **context, **keys})
