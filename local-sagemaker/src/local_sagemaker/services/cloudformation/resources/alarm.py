"""AWS::CloudWatch::Alarm."""

from __future__ import annotations

from typing import Any

from local_sagemaker.services.cloudformation.resources.resource import Resource


class Alarm(Resource):
    """Its properties are the API's parameters."""

    name_property = "AlarmName"

    def is_taken(self) -> bool:
        found = self.own_client("cloudwatch").describe_alarms(AlarmNames=[self.name])
        return bool(found["MetricAlarms"])

    def make(self) -> None:
        self.change(self.properties)

    def change(self, properties: dict[str, Any]) -> None:
        self.call("cloudwatch", "put_metric_alarm", **(properties | {"AlarmName": self.name}))
        (alarm,) = self.client("cloudwatch").describe_alarms(AlarmNames=[self.name])["MetricAlarms"]
        self.attributes = {"Arn": alarm["AlarmArn"]}

    def remove(self) -> None:
        self.client("cloudwatch").delete_alarms(AlarmNames=[self.name])
