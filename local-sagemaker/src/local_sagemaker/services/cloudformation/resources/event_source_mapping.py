"""AWS::Lambda::EventSourceMapping."""

from __future__ import annotations

from typing import Any

from local_sagemaker.services.cloudformation.resources.resource import Resource


class EventSourceMapping(Resource):
    """Its properties are the API's parameters."""

    made_anew_for = ("EventSourceArn", "StartingPosition")

    @property
    def physical_resource_id(self) -> str:
        return str(self.attributes["Id"])

    def make(self) -> None:
        made = self.call("lambda", "create_event_source_mapping", **self.properties)
        self.attributes = {
            "Id": made["UUID"],
            "EventSourceMappingArn": made.get("EventSourceMappingArn", ""),
        }

    def change(self, properties: dict[str, Any]) -> None:
        given = {key: properties[key] for key in properties if key not in self.made_anew_for}
        self.call("lambda", "update_event_source_mapping", UUID=self.physical_resource_id, **given)

    def remove(self) -> None:
        self.client("lambda").delete_event_source_mapping(UUID=self.physical_resource_id)
