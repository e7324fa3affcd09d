"""NotificationConfiguration of a bucket, from CloudFormation's names into those of S3's API."""

from __future__ import annotations

from typing import Any

_KINDS = (
    ("LambdaConfigurations", "Function", "LambdaFunctionConfigurations", "LambdaFunctionArn"),
    ("QueueConfigurations", "Queue", "QueueConfigurations", "QueueArn"),
    ("TopicConfigurations", "Topic", "TopicConfigurations", "TopicArn"),
)


def notification_configuration(given: dict[str, Any]) -> dict[str, Any]:
    """What PutBucketNotificationConfiguration takes."""
    configuration: dict[str, Any] = {}
    for kind, target, api_kind, api_target in _KINDS:
        if given.get(kind):
            configuration[api_kind] = [
                {api_target: each[target], "Events": [each["Event"]], **_filter(each)}
                for each in given[kind]
            ]
    bridge = given.get("EventBridgeConfiguration")
    if bridge is not None and str(bridge.get("EventBridgeEnabled", True)).lower() == "true":
        configuration["EventBridgeConfiguration"] = {}
    return configuration


def _filter(given: dict[str, Any]) -> dict[str, Any]:
    if "Filter" not in given:
        return {}
    return {"Filter": {"Key": {"FilterRules": given["Filter"]["S3Key"]["Rules"]}}}
