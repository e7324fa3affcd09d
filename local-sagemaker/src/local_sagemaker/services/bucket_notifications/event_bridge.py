"""What S3 tells EventBridge of an object.

S3 User Guide, "EventBridge event message structure"; members as recorded on AWS.
"""

from __future__ import annotations

import uuid
from typing import Any

from local_sagemaker.protocol.account import ACCOUNT
from local_sagemaker.services.bucket_notifications.objects import shown_object
from local_sagemaker.services.events.bus import publish

_DETAIL_TYPES = {
    "ObjectCreated": "Object Created",
    "ObjectRemoved": "Object Deleted",
    "ObjectAcl:Put": "Object ACL Updated",
    "ObjectTagging:Put": "Object Tags Added",
    "ObjectTagging:Delete": "Object Tags Deleted",
    "ObjectRestore:Post": "Object Restore Initiated",
    "ObjectRestore:Completed": "Object Restore Completed",
}
_REASONS = {
    "ObjectCreated:Put": {"reason": "PutObject"},
    "ObjectCreated:Post": {"reason": "POST Object"},
    "ObjectCreated:Copy": {"reason": "CopyObject"},
    "ObjectCreated:CompleteMultipartUpload": {"reason": "CompleteMultipartUpload"},
    "ObjectRemoved:Delete": {"reason": "DeleteObject", "deletion-type": "Permanently Deleted"},
    "ObjectRemoved:DeleteMarkerCreated": {
        "reason": "DeleteObject",
        "deletion-type": "Delete Marker Created",
    },
}
_NAMES = {"eTag": "etag", "versionId": "version-id"}


def tell_event_bridge(event: str, bucket: Any, key: Any) -> None:
    """`event` is such as ObjectCreated:Put; one that EventBridge is not told of is left out."""
    detail_type = _DETAIL_TYPES.get(event) or _DETAIL_TYPES.get(event.partition(":")[0])
    if detail_type is None:
        return
    told = {_NAMES.get(name, name): value for name, value in shown_object(event, key).items()}
    detail = {
        "version": "0",
        "bucket": {"name": bucket.name},
        "object": {**told, "key": key.name},
        "request-id": uuid.uuid4().hex[:16].upper(),
        "requester": ACCOUNT,
        "source-ip-address": "127.0.0.1",
        **_REASONS.get(event, {}),
    }
    publish("aws.s3", detail_type, detail, region=bucket.region_name, resources=[bucket.arn])
