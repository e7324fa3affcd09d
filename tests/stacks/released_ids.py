"""The logical ids of what has a name or a state, in `released_ids.json` and in today's templates.

`python -m tests.stacks.released_ids` adds today's to the file: a step of each release.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aws_cdk import App
from aws_cdk.assertions import Template

from configuration.settings import MOST_SCHEDULES, Settings
from stacks.retune_stack import RetuneStack

FILE = Path(__file__).with_suffix(".json")
STATEFUL = ("AWS::KMS::Key", "AWS::S3::Bucket", "AWS::SNS::Subscription", "AWS::SQS::Queue")
# Models that serve have their role's ARN: another one could not read their artefacts.
ROLES_OF_MODELS = ("TrainingRoleAA3C7BE5",)
NAMES = (
    "AlarmName",
    "BucketName",
    "DashboardName",
    "FunctionName",
    "LogGroupName",
    "Name",
    "QueueName",
    "RoleName",
    "StateMachineName",
    "TopicName",
)
BANK = {"ModelName": "bank", "Schedule": {"Expression": "rate(7 days)"}, "Arrivals": {}}


@dataclass(frozen=True)
class Released:
    kind: str
    name: str | None  # one that the template gives, with the prefix retune
    gone: bool = False  # no release has it any more


def released() -> dict[str, Released]:
    """What releases have had, by logical ids."""
    recorded = json.loads(FILE.read_text())
    return {
        logical_id: Released(each["Type"], each.get("Name"), each.get("Gone", False))
        for logical_id, each in recorded.items()
    }


def deployed() -> dict[str, Released]:
    """The same of today: with a schedule for each model, and with one for all."""
    own, shared = (
        dict(kept(_resources(models_with_schedules=number))) for number in (MOST_SCHEDULES, 0)
    )
    return own | shared


def kept(resources: dict[str, Any]) -> Iterator[tuple[str, Released]]:
    """Of the resources of a template those whose logical id must stay."""
    for logical_id, resource in resources.items():
        kind, properties = resource["Type"], resource.get("Properties", {})
        given = (properties.get(name) for name in NAMES)
        name = next((each for each in given if isinstance(each, str)), None)
        if name or kind in STATEFUL or logical_id in ROLES_OF_MODELS:
            yield logical_id, Released(kind, name)


def _resources(**settings: Any) -> dict[str, Any]:
    chosen = Settings.parse({"notification_email": "ml@example.com", **settings})
    stack = RetuneStack(App(), "retune", settings=chosen, models=[BANK])
    return dict(Template.from_stack(stack).to_json()["Resources"])


def record() -> None:
    """Adds today's to the file; what has gone stays in it."""
    recorded = json.loads(FILE.read_text()) if FILE.exists() else {}
    for logical_id, each in deployed().items():
        named = {"Name": each.name} if each.name else {}
        recorded[logical_id] = {"Type": each.kind, **named}
    FILE.write_text(json.dumps(dict(sorted(recorded.items())), indent=1) + "\n")


if __name__ == "__main__":
    record()
