"""AWS::KMS::Key."""

from __future__ import annotations

import json
from typing import Any

from local_sagemaker.services.cloudformation.functions import text_of
from local_sagemaker.services.cloudformation.resources.resource import Resource

_DEFAULT_WINDOW = 30


class Key(Resource):
    """A key; whatever changes but what it is made for changes in place."""

    made_anew_for = ("KeySpec", "KeyUsage", "MultiRegion", "Origin")
    arn: str = ""

    @property
    def physical_resource_id(self) -> str:
        return self.arn.rpartition("/")[2]

    @property
    def is_left_behind(self) -> bool:
        return bool(self.arn)

    def make(self) -> None:
        given = {
            name: self.properties[name] for name in self.made_anew_for if name in self.properties
        }
        made = self.call("kms", "create_key", Tags=_tags(self.properties), **given)
        self.arn = made["KeyMetadata"]["Arn"]
        self.attributes = {"Arn": self.arn, "KeyId": self.physical_resource_id}
        self._bring_about(self.properties)

    def change(self, properties: dict[str, Any]) -> None:
        gone = {tag["TagKey"] for tag in _tags(self.properties)}
        gone -= {tag["TagKey"] for tag in _tags(properties)}
        if gone:
            self.call(
                "kms", "untag_resource", KeyId=self.physical_resource_id, TagKeys=sorted(gone)
            )
        self.call("kms", "tag_resource", KeyId=self.physical_resource_id, Tags=_tags(properties))
        self._bring_about(properties)

    def remove(self) -> None:
        """Deletion waits, and nobody can use the key meanwhile."""
        days = int(self.properties.get("PendingWindowInDays", _DEFAULT_WINDOW))
        self.call(
            "kms",
            "schedule_key_deletion",
            KeyId=self.physical_resource_id,
            PendingWindowInDays=days,
        )

    def _bring_about(self, properties: dict[str, Any]) -> None:
        kms, key = self.client("kms"), {"KeyId": self.physical_resource_id}
        policy = properties.get("KeyPolicy")
        if policy is not None:
            text = policy if isinstance(policy, str) else json.dumps(policy)
            kms.put_key_policy(**key, PolicyName="default", Policy=text)
        kms.update_key_description(**key, Description=properties.get("Description", ""))
        rotates = _is_true(properties.get("EnableKeyRotation", False))
        (kms.enable_key_rotation if rotates else kms.disable_key_rotation)(**key)
        enabled = _is_true(properties.get("Enabled", True))
        (kms.enable_key if enabled else kms.disable_key)(**key)


def _tags(properties: dict[str, Any]) -> list[dict[str, str]]:
    """As KMS writes them."""
    tags = properties.get("Tags", [])
    return [{"TagKey": tag["Key"], "TagValue": text_of(tag["Value"])} for tag in tags]


def _is_true(value: Any) -> bool:
    return text_of(value).lower() == "true"
