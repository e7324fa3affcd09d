"""AWS::Scheduler::ScheduleGroup."""

from __future__ import annotations

from typing import Any

from local_sagemaker.services.cloudformation.resources.presence import is_there
from local_sagemaker.services.cloudformation.resources.resource import Resource


class ScheduleGroup(Resource):
    """A group; the schedules that are in it go with it."""

    name_property = "Name"

    def is_taken(self) -> bool:
        get = self.own_client("scheduler").get_schedule_group
        return is_there(get, "ResourceNotFoundException", Name=self.name)

    def make(self) -> None:
        tags = {key: self.properties[key] for key in ("Tags",) if key in self.properties}
        made = self.call("scheduler", "create_schedule_group", Name=self.name, **tags)
        self.attributes = {"Arn": made["ScheduleGroupArn"]}

    def change(self, properties: dict[str, Any]) -> None:
        """Nothing but tags can be others under the same name."""
        tags = properties.get("Tags", [])
        if tags:
            arn = self.attributes["Arn"]
            self.call("scheduler", "tag_resource", ResourceArn=arn, Tags=tags)

    def remove(self) -> None:
        self.client("scheduler").delete_schedule_group(Name=self.name)
