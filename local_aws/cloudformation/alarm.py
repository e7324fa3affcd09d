"""AWS::CloudWatch::Alarm."""

from __future__ import annotations

from typing import Any

from local_aws.cloudformation.resource import Resource


class Alarm(Resource):
    """Its properties are the parameters of PutMetricAlarm, which replaces an alarm as a whole."""

    name_property = "AlarmName"
    attribute_names = ("Arn",)

    def make(self) -> None:
        self.change(self.properties)
        (found,) = self.client("cloudwatch").describe_alarms(AlarmNames=[self.name])["MetricAlarms"]
        self.attributes = {"Arn": found["AlarmArn"]}

    def change(self, properties: dict[str, Any]) -> None:
        self.client("cloudwatch").put_metric_alarm(**(properties | {"AlarmName": self.name}))

    def remove(self) -> None:
        self.client("cloudwatch").delete_alarms(AlarmNames=[self.name])
