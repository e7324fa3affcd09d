"""AWS::StepFunctions::StateMachineVersion."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from local_sagemaker.services.cloudformation.resources.resource import Resource


class StateMachineVersion(Resource):
    """A published revision; another one is another version."""

    @property
    def physical_resource_id(self) -> str:
        return self.attributes["Arn"]

    def make(self) -> None:
        given = {
            "stateMachineArn": self.properties["StateMachineArn"],
            "revisionId": self.properties.get("StateMachineRevisionId"),
            "description": self.properties.get("Description"),
        }
        said = {name: value for name, value in given.items() if value is not None}
        published = self.call("stepfunctions", "publish_state_machine_version", **said)
        self.attributes = {"Arn": published["stateMachineVersionArn"]}

    def change(self, properties: dict[str, Any]) -> None:
        """The new version first.

        An alias of the stack leads to the old one until its turn comes, so that it may have to
        stay; it goes with its state machine.
        """
        before = self.attributes["Arn"]
        self.properties = properties
        self.make()
        if before == self.attributes["Arn"]:
            return
        try:
            self._delete(before)
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConflictException":
                raise

    def remove(self) -> None:
        self._delete(self.attributes["Arn"])

    def _delete(self, arn: str) -> None:
        self.client("stepfunctions").delete_state_machine_version(stateMachineVersionArn=arn)
