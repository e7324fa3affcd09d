"""What a deployment no longer asks of runs, said before it does."""

import json
from collections.abc import Iterator
from typing import Any

from retune.deployment.deployed_template import Template, properties_of

_MACHINE = "AWS::StepFunctions::StateMachine"
_LOSSES = {
    "KmsKeyId": "stops encrypting everything with the key {} (kms_key)",
    "VpcConfig": "takes functions, jobs and endpoints out of {} (vpc_subnets, vpc_security_groups)",
    "EnableNetworkIsolation": "stops isolating containers (network_isolation)",
    "Tags": "stops giving the tags {} to what runs make (tags)",
}


def lost_rules(old: Template, new: Template) -> Iterator[str]:
    """A sentence for each, as `retune.deployment.lost`."""
    before, after = _required(old), _required(new)
    for field, words in _LOSSES.items():
        value = before.get(field)
        if value and value != after.get(field):
            yield f"{words.format(_shown(field, value))}."


def _required(template: Template) -> dict[str, Any]:
    """tuning.execution_input.requirements as the workflow hands them to PlanTuning."""
    for machine in properties_of(template, _MACHINE):
        text = machine.get("DefinitionSubstitutions", {}).get("Settings")
        if isinstance(text, str):
            settings: dict[str, Any] = json.loads(json.loads(f'"{text}"'))
            return dict(settings.get("Required", {}))
    return {}


def _shown(field: str, value: Any) -> str:
    if field == "VpcConfig":
        return ", ".join(value["Subnets"])
    return ", ".join(tag["Key"] for tag in value) if field == "Tags" else str(value)
