"""AWS::Logs::LogGroup."""

from __future__ import annotations

from typing import Any

from moto.logs.models import logs_backends

from local_sagemaker.protocol.account import ACCOUNT
from local_sagemaker.services.cloudformation.resources.resource import Resource


class LogGroup(Resource):
    """A log group with its retention and its key."""

    name_property = "LogGroupName"

    def make(self) -> None:
        tags = {tag["Key"]: tag["Value"] for tag in self.properties.get("Tags", [])}
        key = self.properties.get("KmsKeyId")
        encrypted = {"kmsKeyId": key} if key else {}
        self.call("logs", "create_log_group", logGroupName=self.name, tags=tags, **encrypted)
        self.change(self.properties)
        found = self.client("logs").describe_log_groups(logGroupNamePrefix=self.name)["logGroups"]
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
        # moto knows neither AssociateKmsKey nor DisassociateKmsKey.
        kept = logs_backends[ACCOUNT][self.region].groups[self.name]
        kept.kms_key_id = properties.get("KmsKeyId")

    def remove(self) -> None:
        self.client("logs").delete_log_group(logGroupName=self.name)
