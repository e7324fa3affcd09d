"""Custom::... and AWS::CloudFormation::CustomResource: a function makes, changes and removes it.

Source: "Custom resource request and response reference" of the CloudFormation user guide. The
function answers by a PUT to a URL of S3; here the bucket is there as long as an answer is waited
for, and its name tells what it is for.
"""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

from botocore.exceptions import ClientError

from local_sagemaker.services.cloudformation.errors import ResourceFailure
from local_sagemaker.services.cloudformation.resources.resource import Resource
from local_sagemaker.services.targets import service_of

_HOUR_SECONDS = 3600
_LOOK_SECONDS = 0.1
_KEY = "response"


class CustomResource(Resource):
    """What the function calls it is its physical id; what it answers as Data, its attributes."""

    made_anew_for = ("ServiceToken",)

    @property
    def physical_resource_id(self) -> str:
        return self.name

    def make(self) -> None:
        answer = self._ask("Create", self.properties)
        self.name = answer.get("PhysicalResourceId") or self.name
        self.attributes = answer.get("Data") or {}

    def change(self, properties: dict[str, Any]) -> None:
        """With another physical id the function has made another: the old one is deleted."""
        before = self.name
        answer = self._ask(
            "Update",
            properties,
            PhysicalResourceId=before,
            OldResourceProperties=_as_text(self.properties),
        )
        self.attributes = answer.get("Data") or {}
        if answer.get("PhysicalResourceId") not in (None, before):
            self._ask("Delete", self.properties, PhysicalResourceId=before)
            self.name = answer["PhysicalResourceId"]

    def remove(self) -> None:
        self._ask("Delete", self.properties, PhysicalResourceId=self.name)

    def attribute(self, name: str) -> Any:
        found: Any = self.attributes
        for part in name.split("."):
            if not isinstance(found, dict) or part not in found:
                raise ResourceFailure(
                    f"CustomResource attribute error: Vendor response doesn't contain {name} "
                    f"attribute in object {self.place.stack_id}|{self.place.logical_id}"
                )
            found = found[part]
        return found

    def _ask(self, kind: str, properties: dict[str, Any], **more: Any) -> dict[str, Any]:
        """Raises ResourceFailure for an answer that says so, or that does not come in time."""
        s3, bucket = self.own_client("s3"), f"cloudformation-response-{uuid.uuid4()}"
        seconds = float(properties.get("ServiceTimeout", _HOUR_SECONDS))
        s3.create_bucket(Bucket=bucket)
        try:
            url = s3.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": _KEY})
            request = {
                "RequestType": kind,
                "ServiceToken": properties["ServiceToken"],
                "ResponseURL": url,
                "StackId": self.place.stack_id,
                "RequestId": str(uuid.uuid4()),
                "LogicalResourceId": self.place.logical_id,
                "ResourceType": self.place.kind,
                "ResourceProperties": _as_text(properties),
            }
            self._send(properties["ServiceToken"], json.dumps(request | more))
            answer = self._await(bucket, time.monotonic() + seconds)
        finally:
            self._forget(bucket)
        if answer.get("Status") != "SUCCESS":
            reason = answer.get("Reason") or "it gave no reason"
            raise ResourceFailure(
                "Received response status [FAILED] from custom resource. Message returned: "
                f"{reason}"
            )
        return answer

    def _send(self, token: str, text: str) -> None:
        if service_of(token) == "sns":
            self.client("sns").publish(
                TopicArn=token, Message=text, Subject="AWS CloudFormation custom resource request"
            )
        else:
            self.client("lambda").invoke(FunctionName=token, InvocationType="Event", Payload=text)

    def _await(self, bucket: str, end: float) -> dict[str, Any]:
        s3 = self.own_client("s3")
        while time.monotonic() < end:
            try:
                stored = s3.get_object(Bucket=bucket, Key=_KEY)
            except ClientError as error:
                if error.response["Error"]["Code"] != "NoSuchKey":
                    raise
                time.sleep(_LOOK_SECONDS)
                continue
            answer: dict[str, Any] = json.loads(stored["Body"].read())
            return answer
        raise ResourceFailure(
            "CloudFormation did not receive a response from your Custom Resource. Please check "
            "your logs."
        )

    def _forget(self, bucket: str) -> None:
        s3 = self.own_client("s3")
        s3.delete_object(Bucket=bucket, Key=_KEY)
        s3.delete_bucket(Bucket=bucket)


def _as_text(value: Any) -> Any:
    """CloudFormation hands numbers and truths to the function as text."""
    if isinstance(value, dict):
        return {key: _as_text(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (int, float)) else value
