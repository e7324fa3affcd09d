"""What S3 tells of an object, and with what it tries a destination.

S3 User Guide, "Event message structure".
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from local_sagemaker.protocol.account import ACCOUNT
from local_sagemaker.services.bucket_notifications.objects import is_of_later_kind, shown_object


def event_name(name: Any) -> str:
    """Such as ObjectCreated:Put, of moto's name for an event."""
    return str(getattr(name, "value", name)).removeprefix("s3:")


def event_message(name: str, bucket: Any, key: Any, configuration_id: str) -> dict[str, Any]:
    """The message; its version and members as recorded on AWS."""
    event = event_name(name)
    record = {
        "eventVersion": "2.3" if is_of_later_kind(event) else "2.1",
        "eventSource": "aws:s3",
        "awsRegion": bucket.region_name,
        "eventTime": _now(),
        "eventName": event,
        "userIdentity": {"principalId": f"AWS:{ACCOUNT}"},
        "requestParameters": {"sourceIPAddress": "127.0.0.1"},
        "responseElements": {"x-amz-request-id": _identity(), "x-amz-id-2": _identity()},
        "s3": {
            "s3SchemaVersion": "1.0",
            "configurationId": configuration_id,
            "bucket": {
                "name": bucket.name,
                "ownerIdentity": {"principalId": ACCOUNT},
                "arn": bucket.arn,
            },
            "object": shown_object(event, key),
        },
    }
    return {"Records": [record]}


def probe_message(bucket: str) -> dict[str, Any]:
    """s3:TestEvent, which queues and topics get when they are configured."""
    return {
        "Service": "Amazon S3",
        "Event": "s3:TestEvent",
        "Time": _now(),
        "Bucket": bucket,
        "RequestId": _identity(),
        "HostId": _identity(),
    }


def _now() -> str:
    now = datetime.now(UTC)
    return f"{now:%Y-%m-%dT%H:%M:%S}.{now.microsecond // 1000:03d}Z"


def _identity() -> str:
    return uuid.uuid4().hex[:16].upper()
