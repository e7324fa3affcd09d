"""AWS::Lambda::LayerVersion."""

from __future__ import annotations

from typing import Any

from local_sagemaker.services.cloudformation.resources.resource import Resource


class LayerVersion(Resource):
    """Stored and listed; functions run with this interpreter's own packages instead."""

    name_property = "LayerName"

    @property
    def physical_resource_id(self) -> str:
        return self.attributes["LayerVersionArn"]

    def make(self) -> None:
        self._publish(self.properties)

    def change(self, properties: dict[str, Any]) -> None:
        self.remove()
        self._publish(properties)

    def remove(self) -> None:
        self.client("lambda").delete_layer_version(
            LayerName=self.name, VersionNumber=int(self.physical_resource_id.rsplit(":", 1)[1])
        )

    def _publish(self, properties: dict[str, Any]) -> None:
        named = {"LayerName": self.name}
        published = self.call("lambda", "publish_layer_version", **(properties | named))
        self.attributes = {"LayerVersionArn": published["LayerVersionArn"]}
