"""AWS::StepFunctions::StateMachineAlias."""

from __future__ import annotations

from typing import Any

from local_sagemaker.services.cloudformation.camel_case import in_camel_case
from local_sagemaker.services.cloudformation.errors import ResourceFailure
from local_sagemaker.services.cloudformation.resources.resource import Resource


class StateMachineAlias(Resource):
    """With a routing, or a deployment that changes over all at once."""

    name_property = "Name"

    @property
    def physical_resource_id(self) -> str:
        return self.attributes["Arn"]

    def make(self) -> None:
        given = {"name": self.name} | _given(self.properties)
        created = self.call("stepfunctions", "create_state_machine_alias", **given)
        self.attributes = {"Arn": created["stateMachineAliasArn"]}

    def change(self, properties: dict[str, Any]) -> None:
        given = {"stateMachineAliasArn": self.attributes["Arn"], "description": ""}
        self.call("stepfunctions", "update_state_machine_alias", **(given | _given(properties)))

    def remove(self) -> None:
        self.client("stepfunctions").delete_state_machine_alias(
            stateMachineAliasArn=self.attributes["Arn"]
        )


def _given(properties: dict[str, Any]) -> dict[str, Any]:
    """Description and routing. Raises ResourceFailure for a deployment that takes its time."""
    deployment = properties.get("DeploymentPreference")
    routing = properties.get("RoutingConfiguration")
    if (deployment is None) == (routing is None):
        raise ResourceFailure("One of RoutingConfiguration and DeploymentPreference must be given")
    if deployment is not None:
        if deployment["Type"] != "ALL_AT_ONCE":
            raise ResourceFailure(f"Local AWS lacks deployments of the type {deployment['Type']}")
        arn = deployment["StateMachineVersionArn"]
        routing = [{"StateMachineVersionArn": arn, "Weight": 100}]
    given = {"routingConfiguration": in_camel_case(routing)}
    return given | (
        {"description": properties["Description"]} if "Description" in properties else {}
    )
