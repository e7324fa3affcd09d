"""AWS::SNS::TopicPolicy."""

from __future__ import annotations

import json
from typing import Any

from botocore.exceptions import ClientError

from local_aws.cloudformation.resource import Resource


class TopicPolicy(Resource):
    """Kept with its topics; local AWS does not enforce it."""

    def make(self) -> None:
        self.change(self.properties)

    def change(self, properties: dict[str, Any]) -> None:
        self._set(properties["Topics"], json.dumps(properties["PolicyDocument"]))

    def remove(self) -> None:
        try:
            self._set(self.properties["Topics"], "")
        except ClientError as error:
            if error.response["Error"]["Code"] not in ("NotFound", "NotFoundException"):
                raise

    def _set(self, topics: list[str], policy: str) -> None:
        for topic in topics:
            self.client("sns").set_topic_attributes(
                TopicArn=topic, AttributeName="Policy", AttributeValue=policy
            )
