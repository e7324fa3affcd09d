"""AWS::StepFunctions::Activity."""

from __future__ import annotations

from typing import Any

from local_sagemaker.protocol.account import ACCOUNT
from local_sagemaker.services.cloudformation.camel_case import in_camel_case
from local_sagemaker.services.cloudformation.resources.presence import is_there
from local_sagemaker.services.cloudformation.resources.resource import Resource


class Activity(Resource):
    """Its tags are all of it that can change in place."""

    name_property = "Name"

    @property
    def physical_resource_id(self) -> str:
        return self.attributes["Arn"]

    def is_taken(self) -> bool:
        arn = f"arn:aws:states:{self.region}:{ACCOUNT}:activity:{self.name}"
        describe = self.own_client("stepfunctions").describe_activity
        return is_there(describe, "ActivityDoesNotExist", activityArn=arn)

    def make(self) -> None:
        given = in_camel_case(self.properties) | {"name": self.name}
        created = self.call("stepfunctions", "create_activity", **given)
        self.attributes = {"Arn": created["activityArn"], "Name": self.name}

    def change(self, properties: dict[str, Any]) -> None:
        self.replace(properties)

    def remove(self) -> None:
        self.client("stepfunctions").delete_activity(activityArn=self.attributes["Arn"])
