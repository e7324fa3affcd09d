"""A template with a property that its resource type does not have. Costs nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator

from botocore.exceptions import ClientError, WaiterError

from retune.acceptance.scenario import Observation, Scenario, equals
from retune.acceptance.stage import Stage

_TEMPLATE = {"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"Name": "queue"}}}}


def play(stage: Stage) -> Iterator[Observation]:
    cloudformation, name = stage.client("cloudformation"), stage.name("template")
    try:
        cloudformation.create_stack(
            StackName=name, TemplateBody=json.dumps(_TEMPLATE), OnFailure="DELETE"
        )
        cloudformation.get_waiter("stack_create_complete").wait(
            StackName=name, WaiterConfig={"Delay": 1 if stage.is_local else 5}
        )
        seen = "made"
    except (ClientError, WaiterError):
        seen = "refused"
    yield equals("schema-properties", "refused", seen)


SCENARIO = Scenario(
    name="template-properties",
    about="a template with a property that its type does not have",
    claims=("schema-properties",),
    minutes=10,
    play=play,
)
