"""AWS::SNS::Subscription."""

from __future__ import annotations

from typing import Any

from local_aws.cloudformation.resource import Resource


class Subscription(Resource):
    """A subscription of a topic; local AWS sends no e-mail."""

    arn = ""

    @property
    def physical_resource_id(self) -> str:
        return self.arn

    def make(self) -> None:
        members = ("TopicArn", "Protocol", "Endpoint")
        given = {member: self.properties[member] for member in members}
        answer = self.client("sns").subscribe(**given, ReturnSubscriptionArn=True)
        self.arn = answer["SubscriptionArn"]

    def change(self, properties: dict[str, Any]) -> None:
        self.remove()
        self.properties = properties
        self.make()

    def remove(self) -> None:
        self.client("sns").unsubscribe(SubscriptionArn=self.arn)
