"""AWS::CloudFormation::Stack."""

from __future__ import annotations

import time
from typing import Any

from botocore.exceptions import ClientError

from local_sagemaker.services.cloudformation.errors import ResourceFailure
from local_sagemaker.services.cloudformation.functions import text_of
from local_sagemaker.services.cloudformation.resources.resource import Resource
from local_sagemaker.services.cloudformation.stacks import REGIONS

_LOOK_SECONDS = 0.1
_EVERYTHING = ["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]  # its parent was let have it
_UNCHANGED = "No updates are to be performed."


class NestedStack(Resource):
    """A stack of its own, which its parent makes, changes and deletes."""

    @property
    def physical_resource_id(self) -> str:
        return str(self.attributes.get("StackId", self.name))

    def make(self) -> None:
        given = {"StackName": self.name, "OnFailure": "DO_NOTHING"} | _request(self.properties)
        made = self.call("cloudformation", "create_stack", **given)
        self.attributes = {"StackId": made["StackId"]}
        self._adopt()
        self._wait(("CREATE_COMPLETE",))

    def change(self, properties: dict[str, Any]) -> None:
        given = {"StackName": self.physical_resource_id} | _request(properties)
        try:
            self.call("cloudformation", "update_stack", **given)
        except ClientError as error:
            if _UNCHANGED not in str(error):
                raise
        self._wait(("UPDATE_COMPLETE", "CREATE_COMPLETE"))

    def remove(self) -> None:
        self.client("cloudformation").delete_stack(StackName=self.physical_resource_id)
        self._wait(("DELETE_COMPLETE",))

    def attribute(self, name: str) -> Any:
        kind, _, key = name.partition(".")
        outputs = {o["OutputKey"]: o["OutputValue"] for o in self._described().get("Outputs", [])}
        if kind != "Outputs" or key not in outputs:
            return super().attribute(name)
        return outputs[key]

    def _adopt(self) -> None:
        stacks = REGIONS[self.region].stacks
        parent, child = stacks[self.place.stack_id], stacks[self.physical_resource_id]
        child.parent_id, child.root_id = parent.stack_id, parent.root_id or parent.stack_id

    def _described(self) -> dict[str, Any]:
        formation = self.own_client("cloudformation")
        found: dict[str, Any] = formation.describe_stacks(StackName=self.physical_resource_id)
        stack: dict[str, Any] = found["Stacks"][0]
        return stack

    def _wait(self, wanted: tuple[str, ...]) -> None:
        while (stack := self._described())["StackStatus"].endswith("_IN_PROGRESS"):
            time.sleep(_LOOK_SECONDS)
        if stack["StackStatus"] not in wanted:
            raise ResourceFailure(
                f"Embedded stack {self.physical_resource_id} was not successfully "
                f"{wanted[0].partition('_')[0].lower()}d: {stack.get('StackStatusReason', '')}"
            )


def _request(properties: dict[str, Any]) -> dict[str, Any]:
    parameters = [
        {"ParameterKey": key, "ParameterValue": text_of(value)}
        for key, value in properties.get("Parameters", {}).items()
    ]
    named = ("NotificationARNs", "Tags", "TemplateURL")
    given = {key: properties[key] for key in named if key in properties}
    return {"Parameters": parameters, "Capabilities": _EVERYTHING} | given
