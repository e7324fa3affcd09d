"""AWS::Lambda::Version and AWS::Lambda::Alias."""

from __future__ import annotations

from typing import Any

from local_sagemaker.services.cloudformation.resources.resource import Resource


class FunctionVersion(Resource):
    """A version of a function; it goes with its function."""

    made_anew_for = ("FunctionName", "CodeSha256", "Description")

    @property
    def physical_resource_id(self) -> str:
        return str(self.attributes["FunctionArn"])

    def make(self) -> None:
        named = ("FunctionName", "CodeSha256", "Description")
        given = {key: self.properties[key] for key in named if key in self.properties}
        made = self.call("lambda", "publish_version", **given)
        arn, version = made["FunctionArn"], made["Version"]
        qualified = arn if arn.endswith(f":{version}") else f"{arn}:{version}"
        self.attributes = {"FunctionArn": qualified, "Version": version}

    def change(self, properties: dict[str, Any]) -> None:
        """What else it has, provisioned concurrency, has no effect here."""

    def remove(self) -> None:
        """moto deletes a version with its function only."""


class FunctionAlias(Resource):
    """A name for a version of a function."""

    name_property = "Name"
    made_anew_for = ("FunctionName",)

    @property
    def physical_resource_id(self) -> str:
        return str(self.attributes["AliasArn"])

    def make(self) -> None:
        made = self.call("lambda", "create_alias", **self._given(self.properties))
        self.attributes = {"AliasArn": made["AliasArn"]}

    def change(self, properties: dict[str, Any]) -> None:
        self.call("lambda", "update_alias", **self._given(properties))

    def remove(self) -> None:
        self.client("lambda").delete_alias(
            FunctionName=self.properties["FunctionName"], Name=self.name
        )

    def _given(self, properties: dict[str, Any]) -> dict[str, Any]:
        named = ("FunctionName", "FunctionVersion", "Description", "RoutingConfig")
        return {"Name": self.name} | {key: properties[key] for key in named if key in properties}
