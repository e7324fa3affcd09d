"""AWS::S3::Bucket: whether a bucket tells EventBridge what happens to its objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from moto.s3.models import FakeBucket

from local_sagemaker.services.patching import replace


def install() -> None:
    """moto makes and updates buckets and leaves NotificationConfiguration out."""
    create, update = (
        FakeBucket.create_from_cloudformation_json,
        FakeBucket.update_from_cloudformation_json,
    )

    def created(name: str, template: dict[str, Any], *where: Any, **more: Any) -> FakeBucket:
        return _as_told(create(name, template, *where, **more), template)

    def updated(
        original_resource: FakeBucket, cloudformation_json: dict[str, Any], **more: Any
    ) -> FakeBucket:
        # moto asks for the name when there are tags
        named = {"BucketName": original_resource.name} | cloudformation_json["Properties"]
        template = cloudformation_json | {"Properties": named}
        bucket = update(original_resource, cloudformation_json=template, **more)
        return _as_told(bucket, template)

    replace(FakeBucket, "create_from_cloudformation_json", created)
    replace(FakeBucket, "update_from_cloudformation_json", updated)


def _as_told(bucket: FakeBucket, template: Mapping[str, Any]) -> FakeBucket:
    """What was set by the API stays where the template says nothing."""
    told = (template.get("Properties") or {}).get("NotificationConfiguration")
    if told is not None:
        events = told.get("EventBridgeConfiguration")
        is_on = events is not None and str(events.get("EventBridgeEnabled", True)).lower() == "true"
        bucket.set_notification_configuration({"EventBridgeConfiguration": {}} if is_on else None)
    return bucket
