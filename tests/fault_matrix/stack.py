"""A deployed stack that cells are played on: its executions, messages and faults."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from local_sagemaker.local_aws import LocalAws

_ENDED = ("SUCCEEDED", "FAILED", "ABORTED", "TIMED_OUT")


@dataclass
class Stack:
    """One stack under its own name prefix; used by one thread.

    `ignored` are resources of other tests on the same stack.
    """

    local: LocalAws
    prefix: str
    outputs: dict[str, str]
    ignored: frozenset[str] = frozenset()
    _clients: dict[str, Any] = field(default_factory=dict)
    _heard: list[dict[str, Any]] = field(default_factory=list)
    _undelivered: list[str] = field(default_factory=list)

    @property
    def endpoint(self) -> str:
        return f"{self.prefix}-matrix"

    def client(self, service: str) -> Any:
        if service not in self._clients:
            self._clients[service] = self.local.client(service)
        return self._clients[service]

    def start(self, document: dict[str, Any]) -> str:
        started = self.client("stepfunctions").start_execution(
            stateMachineArn=self.outputs["StateMachineArn"], input=json.dumps(document)
        )
        return str(started["executionArn"])

    def describe(self, execution: str) -> dict[str, Any]:
        described: dict[str, Any] = self.client("stepfunctions").describe_execution(
            executionArn=execution
        )
        return described

    def finish(self, execution: str, seconds: float = 120) -> dict[str, Any]:
        """The description of an execution that has ended; it is stopped after so many seconds."""
        self.wait(lambda: self.describe(execution)["status"] in _ENDED, seconds)
        return self.describe(execution)

    def wait(self, condition: Callable[[], bool], seconds: float = 20, pause: float = 0.1) -> bool:
        """Whether it came true in time."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                return False
            time.sleep(pause)
        return True

    def last_events(self, execution: str, count: int = 6) -> list[dict[str, Any]]:
        history = self.client("stepfunctions").get_execution_history(
            executionArn=execution, reverseOrder=True, maxResults=count
        )
        return list(history["events"])

    @cached_property
    def recovery(self) -> str:
        """The ARN of the recovery machine."""
        return f"{self.outputs['StateMachineArn']}-recovery"

    def recoveries(self, execution: str, status: str) -> list[str]:
        """The recoveries of an execution that have this status, newest first."""
        page = self.client("stepfunctions").list_executions(
            stateMachineArn=self.recovery, statusFilter=status
        )
        found = [each["executionArn"] for each in page["executions"]]
        return [arn for arn in found if execution in self.describe(arn)["input"]]

    @cached_property
    def queue(self) -> str:
        """Of SQS, subscribed to the stack's topic."""
        sqs = self.client("sqs")
        queue = str(sqs.create_queue(QueueName=f"{self.prefix}-heard")["QueueUrl"])
        attributes = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
        arn, topic = attributes["Attributes"]["QueueArn"], self.outputs["NotificationTopicArn"]
        policy = _let_in("sns.amazonaws.com", arn, topic)
        sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": policy})
        self.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
        return queue

    def messages(self, execution: str) -> list[dict[str, Any]]:
        """What the topic has sent about an execution."""
        sqs = self.client("sqs")
        while batch := sqs.receive_message(QueueUrl=self.queue, MaxNumberOfMessages=10).get(
            "Messages"
        ):
            for message in batch:
                self._heard.append(json.loads(message["Body"]))
                sqs.delete_message(QueueUrl=self.queue, ReceiptHandle=message["ReceiptHandle"])
        return [message for message in self._heard if execution in message["Message"]]

    def inject(self, rules: list[dict[str, Any]]) -> list[str]:
        """The ids of the rules, now in force."""
        return [str(self.local.add_fault(**rule)["id"]) for rule in rules]

    def withdraw(self, ids: list[str]) -> dict[str, int]:
        """How often each rule has applied; they are gone then."""
        hits = {rule["id"]: rule["hits"] for rule in self.local.faults()}
        for rule_id in hits.keys() & set(ids):
            self.remove(rule_id)
        return {rule_id: hits.get(rule_id, 1) for rule_id in ids}  # removed because it has applied

    def restart(self, function: str) -> None:
        """A new process for a function: boto3 in a warm one knows that it was throttled before."""
        functions, name = self.client("lambda"), f"{self.prefix}-{function}"
        memory = functions.get_function_configuration(FunctionName=name)["MemorySize"]
        functions.update_function_configuration(FunctionName=name, MemorySize=memory ^ 1)

    def remove(self, rule_id: str) -> None:
        """Ends a fault, so that it is counted but applies no more."""
        self.local.remove_fault(rule_id)

    def is_quiet(self, rule_id: str, seconds: float = 2) -> bool:
        """Whether the fault has applied, and not again for some seconds."""
        before = self._hits(rule_id)
        time.sleep(seconds)
        return 0 < before == self._hits(rule_id)

    def is_undelivered(self, execution: str) -> bool:
        """Whether the event about an execution is in the stack's dead-letter queue."""
        sqs, name = self.client("sqs"), f"{self.prefix}-FunctionsUndelivered"
        for url in sqs.list_queues(QueueNamePrefix=name).get("QueueUrls", ()):
            for message in sqs.receive_message(QueueUrl=url).get("Messages", ()):
                self._undelivered.append(message["Body"])
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return any(execution in text for text in self._undelivered)

    def _hits(self, rule_id: str) -> int:
        rules = self.local.faults()
        return next(int(rule["hits"]) for rule in rules if rule["id"] == rule_id)


def _let_in(service: str, queue: str, source: str) -> str:
    """The policy of a queue that a service of AWS may send to."""
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sqs:SendMessage",
        "Resource": queue,
        "Condition": {"ArnEquals": {"aws:SourceArn": source}},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
