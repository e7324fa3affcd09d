"""AWS::IAM::Role."""

from __future__ import annotations

from typing import Any

from local_sagemaker.services.cloudformation.resources.iam_absence import unless_gone
from local_sagemaker.services.cloudformation.resources.json_text import (
    as_inline_policy,
    as_text,
)
from local_sagemaker.services.cloudformation.resources.resource import Resource

_OF_CREATION = ("Description", "MaxSessionDuration", "Path", "PermissionsBoundary", "Tags")


class Role(Resource):
    """A role with the policies that are written inside it and those that it is given."""

    name_property = "RoleName"
    made_anew_for = ("Path",)

    def make(self) -> None:
        given = {key: self.properties[key] for key in _OF_CREATION if key in self.properties}
        trust = as_text(self.properties["AssumeRolePolicyDocument"])
        made = self.call(
            "iam", "create_role", RoleName=self.name, AssumeRolePolicyDocument=trust, **given
        )["Role"]
        self.attributes = {"Arn": made["Arn"], "RoleId": made["RoleId"]}
        self._give(self.properties)

    def change(self, properties: dict[str, Any]) -> None:
        named = {"RoleName": self.name}
        trust = properties["AssumeRolePolicyDocument"]
        if trust != self.properties["AssumeRolePolicyDocument"]:
            document = {"PolicyDocument": as_text(trust)}
            self.call("iam", "update_assume_role_policy", **named, **document)
        updated = {key: properties[key] for key in _OF_CREATION[:2] if key in properties}
        self.call("iam", "update_role", **named, **updated)
        self._take_back(keep=properties)
        self._give(properties)
        self._tag(properties.get("Tags", []))

    def remove(self) -> None:
        """Whatever else somebody has attached keeps it, as on AWS."""
        self._take_back(keep={})
        self.client("iam").delete_role(RoleName=self.name)

    def _give(self, properties: dict[str, Any]) -> None:
        iam = self.client("iam")
        for arn in properties.get("ManagedPolicyArns", []):
            iam.attach_role_policy(RoleName=self.name, PolicyArn=arn)
        for policy in properties.get("Policies", []):
            iam.put_role_policy(
                RoleName=self.name,
                PolicyName=policy["PolicyName"],
                PolicyDocument=as_inline_policy(policy["PolicyDocument"]),
            )

    def _take_back(self, *, keep: dict[str, Any]) -> None:
        iam, named = self.client("iam"), {"RoleName": self.name}
        for arn in self.properties.get("ManagedPolicyArns", []):
            if arn not in keep.get("ManagedPolicyArns", []):
                unless_gone(iam.detach_role_policy, **named, PolicyArn=arn)
        kept = {policy["PolicyName"] for policy in keep.get("Policies", [])}
        for policy in self.properties.get("Policies", []):
            if policy["PolicyName"] not in kept:
                unless_gone(iam.delete_role_policy, **named, PolicyName=policy["PolicyName"])

    def _tag(self, tags: list[dict[str, str]]) -> None:
        kept = {tag["Key"] for tag in tags}
        gone = [tag["Key"] for tag in self.properties.get("Tags", []) if tag["Key"] not in kept]
        if gone:
            self.client("iam").untag_role(RoleName=self.name, TagKeys=gone)
        if tags:
            self.call("iam", "tag_role", RoleName=self.name, Tags=tags)
