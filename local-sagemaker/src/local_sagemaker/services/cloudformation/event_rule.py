"""AWS::Events::Rule."""

from __future__ import annotations

import json
from typing import Any

from local_sagemaker.services.cloudformation.resource import Resource


class EventRule(Resource):
    """A rule with its targets."""

    name_property = "Name"
    attribute_names = ("Arn",)

    def make(self) -> None:
        self.change(self.properties)

    def change(self, properties: dict[str, Any]) -> None:
        rule = {
            key: item for key, item in properties.items() if key not in ("Targets", "EventPattern")
        }
        if "EventPattern" in properties:
            rule["EventPattern"] = json.dumps(properties["EventPattern"])
        events = self.client("events")
        put = events.put_rule(**(rule | {"Name": self.name}))
        self.attributes = {"Arn": put["RuleArn"]}
        targets = properties.get("Targets", [])
        self._remove_targets(keep={target["Id"] for target in targets})
        if targets:
            events.put_targets(Rule=self.name, Targets=targets, **self._bus())

    def remove(self) -> None:
        self._remove_targets(keep=set())
        self.client("events").delete_rule(Name=self.name, **self._bus())

    def _remove_targets(self, *, keep: set[str]) -> None:
        events = self.client("events")
        listed = events.list_targets_by_rule(Rule=self.name, **self._bus())["Targets"]
        stale = [target["Id"] for target in listed if target["Id"] not in keep]
        if stale:
            events.remove_targets(Rule=self.name, Ids=stale, **self._bus())

    def _bus(self) -> dict[str, str]:
        return {key: self.properties[key] for key in ("EventBusName",) if key in self.properties}
