"""AWS::SNS::Topic, AWS::SNS::Subscription and AWS::SNS::TopicPolicy."""

from __future__ import annotations

import json
from typing import Any

from botocore.exceptions import ClientError

from local_sagemaker.services.cloudformation.resource import Resource

_NOT_ATTRIBUTES = ("TopicName", "Subscription", "Tags")
_NOT_SUBSCRIPTION_ATTRIBUTES = ("TopicArn", "Protocol", "Endpoint", "Region")


class Topic(Resource):
    """A topic with the subscriptions that are written inside it."""

    name_property = "TopicName"
    attribute_names = ("TopicArn", "TopicName")

    @property
    def physical_resource_id(self) -> str:
        return self.attributes["TopicArn"]

    def make(self) -> None:
        created = self.client("sns").create_topic(
            Name=self.name,
            Attributes=_attributes(self.properties, _NOT_ATTRIBUTES),
            Tags=self.properties.get("Tags", []),
        )
        self.attributes = {"TopicArn": created["TopicArn"], "TopicName": self.name}
        self._subscribe(self.properties.get("Subscription", []))

    def change(self, properties: dict[str, Any]) -> None:
        for name, value in _attributes(properties, _NOT_ATTRIBUTES).items():
            self.client("sns").set_topic_attributes(
                TopicArn=self.attributes["TopicArn"], AttributeName=name, AttributeValue=value
            )
        before = self.properties.get("Subscription", [])
        self._subscribe([s for s in properties.get("Subscription", []) if s not in before])

    def remove(self) -> None:
        self.client("sns").delete_topic(TopicArn=self.attributes["TopicArn"])

    def _subscribe(self, subscriptions: list[dict[str, str]]) -> None:
        for subscription in subscriptions:
            self.client("sns").subscribe(TopicArn=self.attributes["TopicArn"], **subscription)


class Subscription(Resource):
    """One subscription; a change replaces it."""

    @property
    def physical_resource_id(self) -> str:
        return self.attributes["Arn"]

    def make(self) -> None:
        subscribed = self.client("sns").subscribe(
            TopicArn=self.properties["TopicArn"],
            Protocol=self.properties["Protocol"],
            Endpoint=self.properties["Endpoint"],
            Attributes=_attributes(self.properties, _NOT_SUBSCRIPTION_ATTRIBUTES),
            ReturnSubscriptionArn=True,
        )
        self.attributes = {"Arn": subscribed["SubscriptionArn"]}

    def change(self, properties: dict[str, Any]) -> None:
        self.replace(properties)

    def remove(self) -> None:
        try:
            self.client("sns").unsubscribe(SubscriptionArn=self.attributes["Arn"])
        except ClientError as error:
            if error.response["Error"]["Code"] != "NotFound":
                raise


class TopicPolicy(Resource):
    """Kept with its topics; local AWS does not enforce it."""

    def make(self) -> None:
        self.change(self.properties)

    def change(self, properties: dict[str, Any]) -> None:
        for topic in properties["Topics"]:
            self.client("sns").set_topic_attributes(
                TopicArn=topic,
                AttributeName="Policy",
                AttributeValue=json.dumps(properties["PolicyDocument"]),
            )

    def remove(self) -> None:
        """The topic, which goes too or keeps the policy, is all that it was part of."""


def _attributes(properties: dict[str, Any], others: tuple[str, ...]) -> dict[str, str]:
    """The properties that SNS has as attributes, which are text."""
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in properties.items()
        if name not in others
    }
