"""GovCloud and China have ARNs, consoles and registries of their own."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Environment
from aws_cdk.assertions import Template

from configuration.faults import ConfigurationError
from configuration.settings import Settings
from stacks.retune_stack import RetuneStack

REGIONS = {
    "cn-north-1": ("aws-cn", "console.amazonaws.cn", "450853457545"),
    "us-gov-west-1": ("aws-us-gov", "console.amazonaws-us-gov.com", "414596584902"),
}
CONSOLE = '{"Fn::FindInMap": ["Consoles", {"Ref": "AWS::Partition"}, "Domain"]}'
CODE = Path(__file__).parents[2]
SETTINGS = {
    "read_buckets": "other",
    "image_repositories": "forest",
    "vpc_access": "true",
    "models_with_schedules": "0",
}


def template_of(region: str) -> dict[str, Any]:
    environment = Environment(account="123456789012", region=region)
    settings = Settings.parse(SETTINGS)
    stack = RetuneStack(App(), "retune", settings=settings, env=environment)
    return dict(Template.from_stack(stack).to_json())


@pytest.mark.parametrize("region", REGIONS)
def test_nothing_names_the_standard_partition(region: str) -> None:
    template = template_of(region)
    mappings = template.pop("Mappings")  # of all partitions
    (registries,) = (named for named in mappings.values() if region in named)
    assert registries[region]["sagemakerxgboost"] == REGIONS[region][-1]
    text = json.dumps(template)
    assert "arn:aws:" not in text
    assert "aws.amazon.com" not in text
    assert "${Partition}:states:::lambda:invoke" in text
    assert text.count(f'"Partition": {json.dumps({"Ref": "AWS::Partition"})}') == 3
    outputs = {name: json.dumps(output["Value"]) for name, output in template["Outputs"].items()}
    pages = [page for name, page in outputs.items() if name.endswith("Console")]
    assert len(pages) == 3
    assert all(f"https://{region}." in page and CONSOLE in page for page in pages)


def test_template_of_no_region_finds_the_console_of_where_it_is_deployed() -> None:
    template = Template.from_stack(RetuneStack(App(), "retune", settings=Settings.parse({})))
    (consoles,) = template.find_mappings("Consoles").values()
    assert {name: value["Domain"] for name, value in consoles.items()} == {
        "aws": "console.aws.amazon.com",
        **{partition: console for partition, console, _ in REGIONS.values()},
    }
    assert CONSOLE in json.dumps(template.to_json()["Outputs"]["TuningJobsConsole"])


@pytest.mark.parametrize(
    ("region", "words"),
    [
        ("us-iso-east-1", "It is of the partition aws-iso"),
        ("eusc-de-east-1", "No registry of SageMaker's with linear-learner, sagemaker-xgboost"),
        ("mars-north-1", "No registry"),
    ],
)
def test_region_in_which_nothing_could_be_deployed_is_refused(region: str, words: str) -> None:
    with pytest.raises(ConfigurationError, match=f"region = '{region}': {words}"):
        template_of(region)


@pytest.mark.parametrize("folder", ["statemachine", "stacks", "lambda/tuning", "retune"])
def test_no_code_writes_an_arn_of_one_partition(folder: str) -> None:
    """But for examples in messages and in descriptions, which name the account 123456789012."""
    found = [
        f"{path}: {line.strip()}"
        for path in sorted((CODE / folder).rglob("*"))
        if path.suffix in {".py", ".json"}
        for line in path.read_text().splitlines()
        if re.search(r"arn:aws:(?!iam::123456789012:)", line)
    ]
    assert found == []
