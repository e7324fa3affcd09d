"""No service takes on a role for the resources of another account."""

import json
from typing import Any

import pytest

from tests.stacks.function_names import FUNCTIONS
from tests.stacks.test_models import synthesized

ACCOUNT = {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}


@pytest.fixture(scope="module")
def trusts() -> list[dict[str, Any]]:
    """The trust statements of all roles, with a model that new data start."""
    template = synthesized({"ModelName": "bank", "Arrivals": {}})
    roles = template.find_resources("AWS::IAM::Role").values()
    documents = [role["Properties"]["AssumeRolePolicyDocument"] for role in roles]
    return [statement for document in documents for statement in document["Statement"]]


def conditions(trusts: list[dict[str, Any]], service: str) -> list[dict[str, Any]]:
    principal = {"Service": f"{service}.amazonaws.com"}
    return [trust["Condition"] for trust in trusts if trust["Principal"] == principal]


def test_every_role_is_taken_on_for_this_account_alone(trusts: list[dict[str, Any]]) -> None:
    for trust in trusts:
        assert ACCOUNT in trust["Condition"].values(), trust


@pytest.mark.parametrize(
    ("service", "ends"),
    [
        ("states", [":stateMachine:*"] * 3),
        ("scheduler", [":schedule-group/default"] * 3 + [":schedule-group/retune-arrivals"]),
        ("events", [":rule/*"]),
        ("sagemaker", [":*"]),
    ],
)
def test_source_is_what_the_guide_of_the_service_says(
    trusts: list[dict[str, Any]], service: str, ends: list[str]
) -> None:
    found = conditions(trusts, service)
    assert all(each["StringEquals"] == ACCOUNT for each in found)
    sources = [json.dumps(each["ArnLike"]["aws:SourceArn"]) for each in found]
    assert all(
        f":{service}:" in source and '{"Ref": "AWS::AccountId"}' in source for source in sources
    )
    assert (
        sorted(source.rpartition('{"Ref": "AWS::AccountId"}, "')[2][:-4] for source in sources)
        == ends
    )


def test_functions_run_though_lambda_may_not_name_the_account(
    trusts: list[dict[str, Any]],
) -> None:
    found = conditions(trusts, "lambda")
    assert found == [{"StringEqualsIfExists": ACCOUNT}] * (len(FUNCTIONS) + 1)
