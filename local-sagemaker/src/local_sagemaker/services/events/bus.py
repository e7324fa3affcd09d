"""Puts the events of AWS's own services on the default bus."""

from __future__ import annotations

import copy
import time
import uuid
from collections.abc import Sequence
from typing import Any

from moto.events.models import events_backends

from local_sagemaker.protocol.account import ACCOUNT


def publish_sagemaker(
    region: str, detail_type: str, arns: Sequence[str], detail: dict[str, Any]
) -> None:
    """Offer an event of SageMaker; the port that the local SageMaker knows."""
    publish("aws.sagemaker", detail_type, detail, region=region, resources=[*arns])


def publish_execution_status(region: str, arn: str, detail: dict[str, Any]) -> None:
    """Offer an event of Step Functions; the port that its executions know."""
    publish(
        "aws.states",
        "Step Functions Execution Status Change",
        detail,
        region=region,
        resources=[arn],
    )


def publish(
    source: str, detail_type: str, detail: dict[str, Any], *, region: str, resources: list[str]
) -> None:
    """Offer an event to every rule; its targets get it in the background.

    PutEvents refuses sources that begin with `aws.`, so the services of local AWS come here.
    """
    event = {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": detail_type,
        "source": source,
        "account": ACCOUNT,
        "time": time.time(),
        "region": region,
        "resources": resources,
        "detail": detail,
    }
    bus = events_backends[ACCOUNT][region].event_buses["default"]
    for rule in list(bus.rules.values()):
        rule.send_to_targets(copy.deepcopy(event))
