"""AWS::Events::Rule."""

from __future__ import annotations

from typing import Any

from local_sagemaker.services.cloudformation.resources.presence import is_there
from local_sagemaker.services.cloudformation.resources.resource import Resource


class EventRule(Resource):
    """A rule with its targets."""

    name_property = "Name"

    def is_taken(self) -> bool:
        describe, named = self.own_client("events").describe_rule, {"Name": self.name} | self._bus()
        return is_there(describe, "ResourceNotFoundException", **named)

    def make(self) -> None:
        self.change(self.properties)

    def change(self, properties: dict[str, Any]) -> None:
        rule = {key: item for key, item in properties.items() if key != "Targets"}
        put = self.call("events", "put_rule", **(rule | {"Name": self.name}))
        self.attributes = {"Arn": put["RuleArn"]}
        targets = properties.get("Targets", [])
        self._remove_targets(keep={target["Id"] for target in targets})
        if targets:
            self.call("events", "put_targets", Rule=self.name, Targets=targets, **self._bus())

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
