"""One synth of the app for all template tests."""

from typing import Any

import pytest
from aws_cdk import App
from aws_cdk.assertions import Template

from configuration.settings import Settings
from stacks.retune_stack import RetuneStack


@pytest.fixture(scope="session")
def template() -> Template:
    return Template.from_stack(RetuneStack(App(), "retune", settings=Settings.parse({})))


@pytest.fixture(scope="session")
def resources(template: Template) -> Any:
    return template.to_json()["Resources"]
