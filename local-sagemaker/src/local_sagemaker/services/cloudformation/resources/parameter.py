"""AWS::SSM::Parameter."""

from __future__ import annotations

from typing import Any

from local_sagemaker.services.cloudformation.resources.resource import Resource


class Parameter(Resource):
    """Its properties are the API's parameters, but tags, which are an object."""

    name_property = "Name"

    def make(self) -> None:
        self._put(self.properties)
        tags = self.properties.get("Tags", {})
        if tags:
            self.call(
                "ssm",
                "add_tags_to_resource",
                ResourceType="Parameter",
                ResourceId=self.name,
                Tags=[{"Key": key, "Value": value} for key, value in tags.items()],
            )

    def change(self, properties: dict[str, Any]) -> None:
        self._put(properties, Overwrite=True)

    def remove(self) -> None:
        self.client("ssm").delete_parameter(Name=self.name)

    def _put(self, properties: dict[str, Any], **more: Any) -> None:
        given = {key: value for key, value in properties.items() if key != "Tags"}
        self.call("ssm", "put_parameter", **(given | {"Name": self.name} | more))
        put = self.client("ssm").get_parameter(Name=self.name)["Parameter"]
        self.attributes = {"Type": put["Type"], "Value": put["Value"]}
