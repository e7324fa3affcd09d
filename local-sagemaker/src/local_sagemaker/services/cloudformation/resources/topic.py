"""AWS::SNS::Topic, AWS::SNS::Subscription and AWS::SNS::TopicPolicy."""

from __future__ import annotations

import json
from typing import Any

from botocore.exceptions import ClientError

from local_sagemaker.protocol.account import ACCOUNT
from local_sagemaker.services.cloudformation.resources.json_text import as_text
from local_sagemaker.services.cloudformation.resources.presence import is_there
from local_sagemaker.services.cloudformation.resources.resource import Resource

_NOT_ATTRIBUTES = ("TopicName", "Subscription", "Tags")
_NOT_SUBSCRIPTION_ATTRIBUTES = ("TopicArn", "Protocol", "Endpoint", "Region")


class Topic(Resource):
    """A topic with the subscriptions that are written inside it."""

    name_property = "TopicName"

    @property
    def physical_resource_id(self) -> str:
        return self.attributes["TopicArn"]

    def is_taken(self) -> bool:
        arn = f"arn:aws:sns:{self.region}:{ACCOUNT}:{self.name}"
        return is_there(self.own_client("sns").get_topic_attributes, "NotFound", TopicArn=arn)

    def make(self) -> None:
        created = self.call(
            "sns",
            "create_topic",
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
        before, after = (given.get("Subscription", []) for given in (self.properties, properties))
        self._unsubscribe([given for given in before if given not in after])
        self._subscribe([given for given in after if given not in before])

    def remove(self) -> None:
        self.client("sns").delete_topic(TopicArn=self.attributes["TopicArn"])

    def _subscribe(self, subscriptions: list[dict[str, str]]) -> None:
        for subscription in subscriptions:
            self.call("sns", "subscribe", TopicArn=self.attributes["TopicArn"], **subscription)

    def _unsubscribe(self, subscriptions: list[dict[str, str]]) -> None:
        sns = self.client("sns")
        pages = sns.get_paginator("list_subscriptions_by_topic")
        for page in pages.paginate(TopicArn=self.attributes["TopicArn"]):
            for each in page["Subscriptions"]:
                given = {"Protocol": each["Protocol"], "Endpoint": each["Endpoint"]}
                if given in subscriptions:
                    sns.unsubscribe(SubscriptionArn=each["SubscriptionArn"])


class Subscription(Resource):
    """One subscription; a change replaces it."""

    @property
    def physical_resource_id(self) -> str:
        return self.attributes["Arn"]

    def make(self) -> None:
        subscribed = self.call(
            "sns",
            "subscribe",
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
                AttributeValue=as_text(properties["PolicyDocument"]),
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
