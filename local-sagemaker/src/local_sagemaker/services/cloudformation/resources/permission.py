"""AWS::Lambda::Permission."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from local_sagemaker.services.cloudformation.resources.resource import Resource


class Permission(Resource):
    """A statement of its function's policy."""

    def make(self) -> None:
        self.call("lambda", "add_permission", **(self.properties | {"StatementId": self.name}))

    def change(self, properties: dict[str, Any]) -> None:
        self.replace(properties)

    def remove(self) -> None:
        try:
            self.client("lambda").remove_permission(
                FunctionName=self.properties["FunctionName"], StatementId=self.name
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceNotFoundException":
                raise
