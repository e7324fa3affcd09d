"""AWS::IAM::ManagedPolicy."""

from __future__ import annotations

from typing import Any

from local_sagemaker.services.cloudformation.resources.iam_absence import unless_gone
from local_sagemaker.services.cloudformation.resources.json_text import as_text
from local_sagemaker.services.cloudformation.resources.resource import Resource

_HOLDERS = {"Roles": "role", "Users": "user", "Groups": "group"}
_OF_CREATION = ("Description", "Path", "Tags")
_MOST_VERSIONS = 5


class ManagedPolicy(Resource):
    """A change is a new version of the policy, which is then its default."""

    name_property = "ManagedPolicyName"
    made_anew_for = ("Description", "Path")

    @property
    def physical_resource_id(self) -> str:
        return str(self.attributes["PolicyArn"])

    def make(self) -> None:
        given = {key: self.properties[key] for key in _OF_CREATION if key in self.properties}
        document = as_text(self.properties["PolicyDocument"])
        made = self.call(
            "iam", "create_policy", PolicyName=self.name, PolicyDocument=document, **given
        )
        self.attributes = {"PolicyArn": made["Policy"]["Arn"]}
        self._attach(self.properties)

    def change(self, properties: dict[str, Any]) -> None:
        named = {"PolicyArn": self.physical_resource_id}
        iam, document = self.client("iam"), as_text(properties["PolicyDocument"])
        if document != as_text(self.properties["PolicyDocument"]):
            versions = iam.list_policy_versions(**named)["Versions"]
            others = [each["VersionId"] for each in versions if not each["IsDefaultVersion"]]
            if len(versions) >= _MOST_VERSIONS:
                iam.delete_policy_version(**named, VersionId=min(others, key=_number))
            iam.create_policy_version(**named, PolicyDocument=document, SetAsDefault=True)
        self._detach(keep=properties)
        self._attach(properties)

    def remove(self) -> None:
        iam, named = self.client("iam"), {"PolicyArn": self.physical_resource_id}
        self._detach(keep={})
        for version in iam.list_policy_versions(**named)["Versions"]:
            if not version["IsDefaultVersion"]:
                iam.delete_policy_version(**named, VersionId=version["VersionId"])
        iam.delete_policy(**named)

    def _attach(self, properties: dict[str, Any]) -> None:
        for kind, holder in _HOLDERS.items():
            for name in properties.get(kind, []):
                getattr(self.client("iam"), f"attach_{holder}_policy")(
                    PolicyArn=self.physical_resource_id, **{f"{holder.title()}Name": name}
                )

    def _detach(self, *, keep: dict[str, Any]) -> None:
        for kind, holder in _HOLDERS.items():
            for name in self.properties.get(kind, []):
                if name in keep.get(kind, []):
                    continue
                unless_gone(
                    getattr(self.client("iam"), f"detach_{holder}_policy"),
                    PolicyArn=self.physical_resource_id,
                    **{f"{holder.title()}Name": name},
                )


def _number(version: str) -> int:
    return int(version.removeprefix("v"))
