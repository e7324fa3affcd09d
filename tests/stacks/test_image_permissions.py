"""Which images the training role may pull: SageMaker's, the account's own, and those of a registry
that is given."""

from typing import Any

import pytest
from aws_cdk import App
from aws_cdk.assertions import Template

from configuration.settings import Settings
from stacks.retune_stack import RetuneStack
from tests.stacks.policies import as_list, statements

THEIRS = "999999999999.dkr.ecr.eu-west-1.amazonaws.com/forest"


@pytest.mark.slow
def test_no_repository_is_of_any_account() -> None:
    settings = Settings.parse({"image_repositories": f"trees,{THEIRS}"})
    template = Template.from_stack(RetuneStack(App(), "retune", settings=settings)).to_json()
    (pull,) = (
        statement
        for statement in statements(template["Resources"], "TrainingRole")
        if "ecr:BatchGetImage" in as_list(statement["Action"])
    )
    assert [text(arn) for arn in pull["Resource"]] == [
        "arn:<Partition>:ecr:<Region>:<linearlearner>:repository/linear-learner",
        "arn:<Partition>:ecr:<Region>:<sagemakerxgboost>:repository/sagemaker-xgboost",
        "arn:<Partition>:ecr:<Region>:<AccountId>:repository/trees",
        "arn:<Partition>:ecr:eu-west-1:999999999999:repository/forest",
    ]
    (registries,) = (
        mapping for name, mapping in template["Mappings"].items() if "SageMakerRegistries" in name
    )
    assert registries["us-east-1"]["sagemakerxgboost"] == "683313688378"


def text(arn: dict[str, Any]) -> str:
    """An ARN that is joined, with the names of what stands in it: Region of AWS::Region, or the key
    that is looked up in a mapping."""
    return "".join(
        part if isinstance(part, str) else f"<{part['Ref'][5:] if 'Ref' in part else key(part)}>"
        for part in arn["Fn::Join"][1]
    )


def key(found: dict[str, Any]) -> str:
    return str(found["Fn::FindInMap"][2])
