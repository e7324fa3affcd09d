"""What a deployment no longer asks of runs is said before it does."""

import json
from typing import Any

import pytest

from configuration.default_input import deployed_settings
from configuration.settings import Settings
from retune.deployment.lost import lost

KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
VPC = {"vpc_subnets": "subnet-0123abcd,subnet-1123abcd", "vpc_security_groups": "sg-0123abcd"}


def template(**settings: Any) -> dict[str, Any]:
    text = json.dumps(deployed_settings(Settings.parse(settings)).to_text())[1:-1]
    properties = {"DefinitionSubstitutions": {"Settings": text}}
    return {
        "Resources": {
            "Workflow": {"Type": "AWS::StepFunctions::StateMachine", "Properties": properties}
        }
    }


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"kms_key": KEY}, f"stops encrypting everything with the key {KEY} (kms_key)."),
        (VPC, "takes functions, jobs and endpoints out of subnet-0123abcd, subnet-1123abcd"),
        ({"network_isolation": True}, "stops isolating containers (network_isolation)."),
        ({"tags": {"Team": "ml"}}, "stops giving the tags Team to what runs make (tags)."),
    ],
)
def test_a_rule_that_goes_is_said(settings: dict[str, Any], words: str) -> None:
    (loss,) = lost(template(**settings), template())
    assert loss.startswith(words)


def test_rules_that_stay_or_come_are_not() -> None:
    rules = {"kms_key": KEY, **VPC}
    assert lost(template(**rules), template(**rules)) == []
    assert lost(template(), template(**rules)) == []
    before_requirements = {"Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {}}}}
    assert lost(before_requirements, template(**rules)) == []
