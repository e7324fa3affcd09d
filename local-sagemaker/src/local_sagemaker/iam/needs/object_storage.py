"""What S3's operations need: the names of its actions are older than those of its operations.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlparse

from local_sagemaker.iam.need import Need
from local_sagemaker.iam.needs.bucket_actions import BUCKET_ACTIONS, LIST_ACTIONS
from local_sagemaker.iam.needs.call import Call
from local_sagemaker.iam.needs.context import Context, context_of
from local_sagemaker.iam.needs.known import NothingKnown
from local_sagemaker.iam.needs.reference.reference import Action, service_of
from local_sagemaker.protocol.account import partition_of

_READING = ("GetObject", "HeadObject", "SelectObjectContent")
_WRITING = ("PutObject", "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload")
_GRANTS = ("GrantFullControl", "GrantRead", "GrantReadACP", "GrantWrite", "GrantWriteACP")
_COPYING = ("CopyObject", "UploadPartCopy")
# With VersionId the action is of a version: GetObjectTagging is GetObjectVersionTagging.
_OF_VERSIONS = (
    "GetObject", "GetObjectAcl", "GetObjectAttributes", "GetObjectTagging", "GetObjectTorrent",
    "PutObjectAcl", "PutObjectTagging", "DeleteObject", "DeleteObjectTagging",
)  # fmt: skip


def storage_needs(call: Call) -> Iterator[Need]:
    """The needs of an operation of S3; keys of KMS are in `key_use`."""
    operation = call.operation
    if operation in LIST_ACTIONS:
        yield _need(call, LIST_ACTIONS[operation], "*")
    elif operation == "DeleteObjects":
        yield from _deleted(call)
    elif operation in _COPYING:
        yield from _copied(call)
        yield from _written(call)
    elif operation in _WRITING:
        yield from _written(call)
    elif operation == "CreateBucket":
        yield from _made(call)
    elif call.text("Key") is not None:
        yield from _of_object(call)
    else:
        yield _need(call, BUCKET_ACTIONS.get(operation, operation), _arn(call, "Bucket"))


def _of_object(call: Call) -> Iterator[Need]:
    name = "GetObject" if call.operation in _READING else call.operation
    name = "ListMultipartUploadParts" if name == "ListParts" else name
    resource = _arn(call, "Bucket", "Key")
    yield _need(call, _of_version(name, call.text("VersionId")), resource)
    if name == "GetObjectAttributes":
        yield _need(call, _of_version("GetObject", call.text("VersionId")), resource)


def _written(call: Call) -> Iterator[Need]:
    """PutObject, and what the request asks for besides."""
    resource = _arn(call, "Bucket", "Key")
    yield _need(call, "PutObject", resource)
    for members, action in ((("Tagging",), "PutObjectTagging"), (("ACL", *_GRANTS), "PutObjectAcl"),
                            (("ObjectLockMode",), "PutObjectRetention"),
                            (("ObjectLockLegalHoldStatus",), "PutObjectLegalHold")):  # fmt: skip
        if call.parameters.keys() & set(members):
            yield _need(call, action, resource)


def _made(call: Call) -> Iterator[Need]:
    """CreateBucket, and what the request asks for besides (its API reference, "Permissions")."""
    resource, given = _arn(call, "Bucket"), call.parameters
    has_acl = given.get("ACL", "private") != "private" or given.keys() & set(_GRANTS)
    lock = ("PutBucketObjectLockConfiguration", "PutBucketVersioning")
    besides = (
        *(("PutBucketAcl",) if has_acl else ()),
        *(lock if given.get("ObjectLockEnabledForBucket") else ()),
        *(("PutBucketOwnershipControls",) if "ObjectOwnership" in given else ()),
    )
    for action in ("CreateBucket", *besides):
        yield _need(call, action, resource)


def _copied(call: Call) -> Iterator[Need]:
    source, version = copy_source(call)
    arn = source if source.startswith("arn:") else f"{_beginning(call)}{source}"
    yield Need(f"s3:{_of_version('GetObject', version)}", arn, {})


def copy_source(call: Call) -> tuple[str, str | None]:
    """bucket/key, and the version if one is named: a URL's letters, or a dictionary of boto3's."""
    given = call.parameters.get("CopySource")
    if isinstance(given, dict):
        return f"{given.get('Bucket')}/{given.get('Key')}", given.get("VersionId")
    parts = urlparse(str(given))
    return unquote(parts.path).lstrip("/"), dict(parse_qsl(parts.query)).get("versionId")


def _deleted(call: Call) -> Iterator[Need]:
    bucket = _arn(call, "Bucket")
    for each in filter(None, (call.parameters.get("Delete") or {}).get("Objects") or ()):
        name = _of_version("DeleteObject", each.get("VersionId"))
        yield _need(call, name, f"{bucket}/{each.get('Key', '')}")


def _of_version(name: str, version: str | None) -> str:
    if version is None or name not in _OF_VERSIONS:
        return name
    return name.replace("Object", "ObjectVersion", 1)


def _need(call: Call, name: str, resource: str) -> Need:
    action = service_of("s3").action(name)
    if action is None:
        return Need(f"s3:{name}", resource, {})
    return Need(
        f"s3:{action.name}",
        resource,
        context_of(call, action, NothingKnown()) | _of_tagging(call, action),
    )


def _of_tagging(call: Call, action: Action) -> Context:
    """Tags of an object: a query in a header, or a document."""
    if "s3:RequestObjectTag/<key>" not in action.condition_keys:
        return {}
    given = call.parameters.get("Tagging", "")
    pairs = parse_qsl(given) if isinstance(given, str) else \
        [(each["Key"], each["Value"]) for each in given.get("TagSet", ())]  # fmt: skip
    keys = {"s3:requestobjecttagkeys": tuple(key for key, _ in pairs)} if pairs else {}
    return {f"s3:requestobjecttag/{key}".lower(): (value,) for key, value in pairs} | keys


def _arn(call: Call, *members: str) -> str:
    """Of a bucket, or of an object in it; an access point's ARN takes a bucket's place."""
    bucket = call.text("Bucket") or "*"
    beginning = "" if bucket.startswith("arn:") else _beginning(call)
    rest = [call.text(member) or "" for member in members[1:]]
    return beginning + "/".join([bucket, *rest])


def _beginning(call: Call) -> str:
    return f"arn:{partition_of(call.region)}:s3:::"
