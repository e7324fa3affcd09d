"""AWS::Logs::LogGroup."""

from __future__ import annotations

from typing import Any

from local_sagemaker.services.cloudformation.resource import Resource


class LogGroup(Resource):
    """A log group with its retention."""

    name_property = "LogGroupName"
    attribute_names = ("Arn",)

    def make(self) -> None:
        logs = self.client("logs")
        tags = {tag["Key"]: tag["Value"] for tag in self.properties.get("Tags", [])}
        logs.create_log_group(logGroupName=self.name, tags=tags)
        self.change(self.properties)
        found = logs.describe_log_groups(logGroupNamePrefix=self.name)["logGroups"]
        self.attributes = {
            "Arn": next(group["arn"] for group in found if group["logGroupName"] == self.name)
        }

    def change(self, properties: dict[str, Any]) -> None:
        logs = self.client("logs")
        days = properties.get("RetentionInDays")
        if days is None:
            logs.delete_retention_policy(logGroupName=self.name)
        else:
            logs.put_retention_policy(logGroupName=self.name, retentionInDays=int(days))

    def remove(self) -> None:
        self.client("logs").delete_log_group(logGroupName=self.name)
