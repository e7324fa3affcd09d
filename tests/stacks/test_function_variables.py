"""Lambda takes 4 KB of variables a function, however much the settings say."""

import json

import pytest
from aws_cdk import App
from aws_cdk.assertions import Template
from tuning.deployed_settings import DeployedSettings

from configuration.settings import Settings
from stacks.retune_stack import RetuneStack

REPOSITORIES = [f"own/image-number-{number:03}-of-many" for number in range(200)]
# A reference becomes an ARN, which no name of ours makes longer than this.
ARN = "a" * 200


@pytest.fixture(scope="module")
def template() -> Template:
    settings = Settings.parse({"image_repositories": REPOSITORIES})
    return Template.from_stack(RetuneStack(App(), "retune", settings=settings))


def test_no_function_has_more_than_lambda_takes(template: Template) -> None:
    for name, function in template.find_resources("AWS::Lambda::Function").items():
        variables = function["Properties"]["Environment"]["Variables"]
        told = {key: v if isinstance(v, str) else ARN for key, v in variables.items()}
        assert len(json.dumps(told)) < 4096, name


def test_state_machines_hand_on_what_the_settings_say(template: Template) -> None:
    handed = []
    for machine in template.find_resources("AWS::StepFunctions::StateMachine").values():
        definition = machine["Properties"]["DefinitionString"]
        substituted = machine["Properties"]["DefinitionSubstitutions"].get("Settings")
        assert ("${Settings}" in definition) == (substituted is not None)
        if substituted:
            (text,) = json.loads(f'["{substituted}"]')
            handed.append(DeployedSettings.parse(text).image_repositories)
    assert handed == [tuple(REPOSITORIES)] * 2
