"""What SNS says of a message to no topic, and of one to a FIFO topic. Recorded on AWS."""

from __future__ import annotations

from itertools import count
from typing import Any

from moto.sns.exceptions import InvalidParameterValue, TopicNotFound
from moto.sns.models import SNSBackend
from moto.sns.responses import SNSResponse

from local_sagemaker.services.patching import replace

_sequence_numbers = count(10**19)  # of 20 digits, and growing


def install() -> None:
    publish_by_moto, answer_by_moto = SNSBackend.publish, SNSResponse.publish

    def publish(backend: Any, message: str, arn: str | None = None, **named: Any) -> Any:
        topic = backend.topics.get(arn)
        if topic is None and arn is not None and _is_topics(arn):
            raise TopicNotFound()
        if topic is not None and topic.fifo_topic and not named.get("group_id"):
            reason = "The MessageGroupId parameter is required for FIFO topics"
            raise InvalidParameterValue(f"Invalid parameter: {reason}")
        return publish_by_moto(backend, message, arn=arn, **named)

    def answer(response: Any) -> Any:
        answered = answer_by_moto(response)
        topic = response.backend.topics.get(response._get_param("TopicArn"))
        if topic is not None and topic.fifo_topic:
            answered.result["SequenceNumber"] = str(next(_sequence_numbers))
        return answered

    replace(SNSBackend, "publish", publish)
    replace(SNSResponse, "publish", answer)


def _is_topics(arn: str) -> bool:
    """Not that of a telephone, which is published to as well, nor a text that is no ARN."""
    return arn.count(":") == 5 and ":endpoint/" not in arn
