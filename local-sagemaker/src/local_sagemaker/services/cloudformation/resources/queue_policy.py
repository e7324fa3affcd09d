"""AWS::SQS::QueuePolicy."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from local_sagemaker.services.cloudformation.resources.json_text import as_text
from local_sagemaker.services.cloudformation.resources.resource import Resource


class QueuePolicy(Resource):
    """Kept with its queues; local AWS does not enforce it."""

    def make(self) -> None:
        self.change(self.properties)

    def change(self, properties: dict[str, Any]) -> None:
        self._set(properties["Queues"], as_text(properties["PolicyDocument"]))

    def remove(self) -> None:
        try:
            self._set(self.properties["Queues"], "")
        except ClientError as error:
            if "NonExistentQueue" not in error.response["Error"]["Code"]:
                raise

    def _set(self, queues: list[str], policy: str) -> None:
        for queue in queues:
            self.client("sqs").set_queue_attributes(QueueUrl=queue, Attributes={"Policy": policy})
