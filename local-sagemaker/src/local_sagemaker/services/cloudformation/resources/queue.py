"""AWS::SQS::Queue."""

from __future__ import annotations

from local_sagemaker.services.cloudformation.resources.moto_resource import MotoResource
from local_sagemaker.services.cloudformation.resources.presence import is_there


class Queue(MotoResource):
    """Made by moto. SQS itself would take another one with the same attributes for this one."""

    def is_taken(self) -> bool:
        absent = "AWS.SimpleQueueService.NonExistentQueue"
        return is_there(self.own_client("sqs").get_queue_url, absent, QueueName=self.name)
