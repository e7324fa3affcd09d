"""Small runs to an endpoint of the test's own, and what people hear of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.end_to_end.conftest import SMALL_RUN, Deployment, wait_until

Messages = Callable[[str], list[dict[str, Any]]]


def tiny(endpoint: str, **fields: Any) -> dict[str, Any]:
    """One training job, deployed to an endpoint of the test's own."""
    static = {**SMALL_RUN["StaticHyperParameters"], "num_round": "3"}
    limits = {"MaxNumberOfTrainingJobs": 1, "MaxParallelTrainingJobs": 1}
    return {
        "StaticHyperParameters": static,
        "ResourceLimits": limits,
        "Endpoint": {"EndpointName": endpoint},
        **fields,
    }


def endless(endpoint: str) -> dict[str, Any]:
    """A run that tunes until somebody stops it."""
    slow = {**SMALL_RUN["StaticHyperParameters"], "num_round": "100000"}
    return tiny(endpoint, StaticHyperParameters=slow)


def serving(deployment: Deployment, endpoint: str) -> str:
    """The config of an endpoint that is in service and answers."""
    described = deployment.client("sagemaker").describe_endpoint(EndpointName=endpoint)
    assert described["EndpointStatus"] == "InService"
    answer = deployment.client("sagemaker-runtime").invoke_endpoint(
        EndpointName=endpoint, ContentType="text/csv", Body="0.1,0.2,0.3,0.4"
    )
    assert 0 <= float(answer["Body"].read()) <= 1
    return str(described["EndpointConfigName"])


def wait_for(deployment: Deployment, execution: str, state: str, kind: str) -> None:
    """Until the newest events of an execution show an event of this kind in this state."""

    def there() -> bool:
        history = deployment.client("stepfunctions").get_execution_history(
            executionArn=execution, reverseOrder=True, maxResults=4
        )
        entered = [e.get("stateEnteredEventDetails", {}).get("name") for e in history["events"]]
        return state in entered and kind in (event["type"] for event in history["events"])

    wait_until(there, seconds=60)


def subscribed_queue(deployment: Deployment, name: str) -> str:
    """The URL of a queue that hears of executions, and whose policy lets the topic in."""
    sqs, topic = deployment.client("sqs"), deployment.outputs["NotificationTopicArn"]
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": "*",
        "Condition": {"ArnEquals": {"aws:SourceArn": topic}},
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    queue = sqs.create_queue(QueueName=name, Attributes={"Policy": policy})["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]
    deployment.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn["QueueArn"])
    return str(queue)


def subscribe(deployment: Deployment, queue_name: str) -> Messages:
    """What the topic sends about an execution to a queue that subscribes to it."""
    sqs, queue = deployment.client("sqs"), subscribed_queue(deployment, queue_name)
    heard: list[dict[str, Any]] = []

    def about(execution: str) -> list[dict[str, Any]]:
        while batch := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
            for message in batch:
                heard.append(json.loads(message["Body"]))
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        return [message for message in heard if execution in message["Message"]]

    return about
