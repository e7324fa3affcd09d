"""AWS::IAM::Policy: a policy inside roles, users and groups."""

from __future__ import annotations

from typing import Any

from local_sagemaker.services.cloudformation.errors import ResourceFailure
from local_sagemaker.services.cloudformation.resources.iam_absence import unless_gone
from local_sagemaker.services.cloudformation.resources.json_text import as_inline_policy
from local_sagemaker.services.cloudformation.resources.resource import Resource

_HOLDERS = {"Roles": "role", "Users": "user", "Groups": "group"}


class InlinePolicy(Resource):
    """It goes where its lists say, under PolicyName."""

    made_anew_for = ("PolicyName",)

    def make(self) -> None:
        if not any(self.properties.get(kind) for kind in _HOLDERS):
            raise ResourceFailure("At least one of [Groups,Roles,Users] must be non-empty.")
        self._put(self.properties)

    def change(self, properties: dict[str, Any]) -> None:
        self._delete(keep=properties)
        self._put(properties)

    def remove(self) -> None:
        self._delete(keep={})

    def _put(self, properties: dict[str, Any]) -> None:
        document = as_inline_policy(properties["PolicyDocument"])
        for kind, holder in _HOLDERS.items():
            for name in properties.get(kind, []):
                getattr(self.client("iam"), f"put_{holder}_policy")(
                    PolicyName=properties["PolicyName"],
                    PolicyDocument=document,
                    **{f"{holder.title()}Name": name},
                )

    def _delete(self, *, keep: dict[str, Any]) -> None:
        for kind, holder in _HOLDERS.items():
            for name in self.properties.get(kind, []):
                if name in keep.get(kind, []):
                    continue
                unless_gone(
                    getattr(self.client("iam"), f"delete_{holder}_policy"),
                    PolicyName=self.properties["PolicyName"],
                    **{f"{holder.title()}Name": name},
                )
