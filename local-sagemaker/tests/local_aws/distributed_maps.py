"""State machines of one distributed Map."""

from __future__ import annotations

import uuid
from typing import Any

from local_sagemaker.local_aws import LocalAws

ECHO = {"Echo": {"Type": "Pass", "End": True}}
# Fails on an item below 0.
JUDGE = {
    "Judge": {
        "Type": "Choice",
        "Choices": [{"Variable": "$", "NumericLessThan": 0, "Next": "No"}],
        "Default": "Yes",
    },
    "No": {"Type": "Fail", "Error": "TooCold", "Cause": "below zero"},
    "Yes": {"Type": "Succeed"},
}


def distributed(states: dict[str, Any], kind: str = "STANDARD", **more: Any) -> dict[str, Any]:
    config = {"Mode": "DISTRIBUTED", "ExecutionType": kind}
    processor = {"ProcessorConfig": config, "StartAt": next(iter(states)), "States": states}
    language = {"QueryLanguage": more.pop("QueryLanguage", "JSONPath")}
    state = {"Type": "Map", "ItemProcessor": processor, "End": True} | more
    return language | {"StartAt": "Each", "States": {"Each": state}}


def outcome(ended: dict[str, Any]) -> Any:
    return ended.get("output", ended.get("error"))


def bucket_with(local_aws: LocalAws, **objects: str) -> str:
    client, name = local_aws.client("s3"), f"items-{uuid.uuid4().hex[:8]}"
    client.create_bucket(Bucket=name)
    for key, text in objects.items():
        client.put_object(Bucket=name, Key=key, Body=text.encode())
    return name
