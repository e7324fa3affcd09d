"""AWS::SageMaker::Endpoint."""

from __future__ import annotations

import time
from typing import Any

from botocore.exceptions import ClientError

from local_sagemaker.services.cloudformation.errors import ResourceFailure
from local_sagemaker.services.cloudformation.resources.resource import Resource

_LOOK_SECONDS = 0.2
_OF_UPDATES = (
    "DeploymentConfig",
    "EndpointConfigName",
    "ExcludeRetainedVariantProperties",
    "RetainAllVariantProperties",
)
_OF_CREATION = ("DeploymentConfig", "EndpointConfigName", "Tags")


class Endpoint(Resource):
    """Made and changed once it is InService; whoever waits for the stack waits for that."""

    name_property = "EndpointName"

    @property
    def physical_resource_id(self) -> str:
        return str(self.attributes.get("Arn", self.name))

    def make(self) -> None:
        given = {key: self.properties[key] for key in _OF_CREATION if key in self.properties}
        made = self.call("sagemaker", "create_endpoint", EndpointName=self.name, **given)
        self.attributes = {"EndpointName": self.name, "Arn": made["EndpointArn"]}
        self._wait(given["EndpointConfigName"])

    def change(self, properties: dict[str, Any]) -> None:
        given = {key: properties[key] for key in _OF_UPDATES if key in properties}
        self.call("sagemaker", "update_endpoint", EndpointName=self.name, **given)
        self._wait(given["EndpointConfigName"])

    def remove(self) -> None:
        self.client("sagemaker").delete_endpoint(EndpointName=self.name)
        while self._described() is not None:
            time.sleep(_LOOK_SECONDS)

    def _wait(self, configuration: str) -> None:
        """Raises ResourceFailure for an endpoint that failed, or went back to what it was."""
        while True:
            found = self._described()
            if found is None:
                raise ResourceFailure(f"Endpoint {self.name} has been deleted meanwhile.")
            if not found["EndpointStatus"].endswith("ing"):
                break
            time.sleep(_LOOK_SECONDS)
        is_as_asked = found.get("EndpointConfigName", configuration) == configuration
        if found["EndpointStatus"] != "InService" or not is_as_asked:
            reason = found.get("FailureReason", f"it is {found['EndpointStatus']}")
            raise ResourceFailure(f"Endpoint {self.name} did not stabilize: {reason}")

    def _described(self) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] = self.client("sagemaker").describe_endpoint(
                EndpointName=self.name
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ValidationException":
                raise
            return None
        return found
