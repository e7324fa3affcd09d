"""AWS::Scheduler::ScheduleGroup."""

from __future__ import annotations

from typing import Any

from local_sagemaker.services.cloudformation.resource import Resource


class ScheduleGroup(Resource):
    """A group; the schedules that are in it go with it."""

    name_property = "Name"
    attribute_names = ("Arn",)

    def make(self) -> None:
        tags = {key: self.properties[key] for key in ("Tags",) if key in self.properties}
        made = self.client("scheduler").create_schedule_group(Name=self.name, **tags)
        self.attributes = {"Arn": made["ScheduleGroupArn"]}

    def change(self, properties: dict[str, Any]) -> None:
        """Nothing but tags can be others under the same name."""
        tags = properties.get("Tags", [])
        if tags:
            self.client("scheduler").tag_resource(ResourceArn=self.attributes["Arn"], Tags=tags)

    def remove(self) -> None:
        self.client("scheduler").delete_schedule_group(Name=self.name)
