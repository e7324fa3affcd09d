"""AWS::Scheduler::Schedule."""

from __future__ import annotations

from typing import Any

from local_sagemaker.services.cloudformation.resources.resource import Resource


class Schedule(Resource):
    """Its properties are the API's parameters."""

    name_property = "Name"

    def make(self) -> None:
        named = {"Name": self.name}
        created = self.call("scheduler", "create_schedule", **(self.properties | named))
        self.attributes = {"Arn": created["ScheduleArn"]}

    def change(self, properties: dict[str, Any]) -> None:
        self.call("scheduler", "update_schedule", **(properties | {"Name": self.name}))

    def remove(self) -> None:
        group = {key: self.properties[key] for key in ("GroupName",) if key in self.properties}
        self.client("scheduler").delete_schedule(Name=self.name, **group)
