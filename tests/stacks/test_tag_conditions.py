"""Whose things a role may make, change and delete: those that carry this deployment's tag."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from local_sagemaker.iam.policies.document import read_policy
from local_sagemaker.iam.policies.principals import Principal
from local_sagemaker.iam.policies.statement import Request

from tests.iam_matrix.template import ACCOUNT, Statement, statements

OWN, OTHER, NONE = "retune", "retune-prod", None
_ARN = f"arn:aws:sagemaker:us-east-1:{ACCOUNT}"
ENDPOINT = f"{_ARN}:endpoint/retune-prod"
CONFIG = f"{_ARN}:endpoint-config/retune-prod-1"
MODEL = f"{_ARN}:model/retune-prod-1"
TUNING = f"{_ARN}:hyper-parameter-tuning-job/retune-prod-1"
TRAINING = f"{_ARN}:training-job/retune-prod-1"


def may(
    found: list[Statement],
    role: str,
    action: str,
    resource: str,
    *,
    of: str | None = NONE,
    tagging: str | None = NONE,
) -> bool:
    """Whether a role may do this with what carries the tag `of`, by a request `tagging` it."""
    given = {"resource": of, "request": tagging}
    tags = {f"aws:{place}tag/retune:prefix": (tag,) for place, tag in given.items() if tag}
    asked = Request(Principal(ACCOUNT, role), f"sagemaker:{action}", resource, tags)
    return any(_read(each).grant(asked) for each in found if each.role == role)


def _read(statement: Statement) -> Any:
    written = {
        "Effect": "Allow",
        "Action": statement.actions,
        "Resource": [each.replace("${", "${$}{") for each in statement.resources],
        "Condition": statement.condition,
    }
    return read_policy(json.dumps({"Version": "2012-10-17", "Statement": [written]})).statements[0]


@pytest.fixture(scope="module")
def found(resources: dict[str, Any]) -> list[Statement]:
    return statements(resources)


@pytest.mark.parametrize(
    ("role", "action", "resource"),
    [
        ("Prune", "DeleteModel", MODEL),
        ("Prune", "DeleteEndpointConfig", CONFIG),
        ("CleanUp", "DeleteModel", MODEL),
        ("CleanUp", "StopHyperParameterTuningJob", TUNING),
        ("CleanUp", "StopTrainingJob", TRAINING),
        ("Workflow", "StopHyperParameterTuningJob", TUNING),
        ("Workflow", "StopTrainingJob", TRAINING),
        ("DeployEndpoint", "UpdateEndpoint", CONFIG),
        ("RecoveryWorkflow", "DeleteEndpoint", ENDPOINT),
    ],
)
def test_only_what_this_deployment_has_made_is_stopped_or_deleted(
    found: list[Statement], role: str, action: str, resource: str
) -> None:
    assert may(found, role, action, resource, of=OWN)
    assert not may(found, role, action, resource, of=OTHER)
    assert not may(found, role, action, resource, of=NONE)


@pytest.mark.parametrize(
    ("role", "action"),
    [
        ("DeployEndpoint", "UpdateEndpoint"),
        ("RecoveryWorkflow", "UpdateEndpoint"),
        ("VerifyEndpoint", "InvokeEndpoint"),
        ("ScaleEndpoint", "UpdateEndpointWeightsAndCapacities"),
    ],
)
def test_endpoint_that_a_person_has_made_is_kept_up_and_none_of_another_deployment(
    found: list[Statement], role: str, action: str
) -> None:
    assert may(found, role, action, ENDPOINT, of=OWN)
    assert may(found, role, action, ENDPOINT, of=NONE)
    assert not may(found, role, action, ENDPOINT, of=OTHER)


@pytest.mark.parametrize(
    ("role", "action", "resource"),
    [
        ("CreateModel", "CreateModel", MODEL),
        ("CreateEndpointConfig", "CreateEndpointConfig", CONFIG),
        ("DeployEndpoint", "CreateEndpoint", ENDPOINT),
        ("DeployEndpoint", "CreateEndpoint", CONFIG),
        ("Workflow", "CreateHyperParameterTuningJob", TUNING),
        ("Workflow", "CreateTrainingJob", TRAINING),
    ],
)
def test_nothing_is_made_without_the_tag(
    found: list[Statement], role: str, action: str, resource: str
) -> None:
    assert may(found, role, action, resource, tagging=OWN)
    assert not may(found, role, action, resource, tagging=OTHER)
    assert not may(found, role, action, resource, tagging=NONE)


@pytest.mark.parametrize(
    "role", ["CreateModel", "CreateEndpointConfig", "DeployEndpoint", "Workflow"]
)
def test_what_is_there_is_not_taken_over_by_a_tag(found: list[Statement], role: str) -> None:
    for resource in (MODEL, CONFIG, ENDPOINT, TUNING, TRAINING):
        assert not may(found, role, "AddTags", resource, of=OTHER, tagging=OWN)


def test_every_right_to_change_something_looks_at_the_tag(found: list[Statement]) -> None:
    bare = {each.role + " " + action for each in found for action in _changing(each)}
    assert bare == {
        # What served before may have any name; of the config nothing is changed.
        "RecoveryWorkflow sagemaker:UpdateEndpoint",
        # The group's whole name is the prefix: none of another deployment has it.
        "RegisterModel sagemaker:CreateModelPackageGroup",
        "RegisterModel sagemaker:CreateModelPackage",
        "RegisterModel sagemaker:AddTags",
        "WriteReport sagemaker:UpdateModelPackage",
        "Prune sagemaker:DeleteModelPackage",
        "CleanUp sagemaker:DeleteModelPackage",
    }


def _changing(statement: Statement) -> Iterator[str]:
    """Actions that no condition binds."""
    keys = json.dumps(statement.condition)
    if "Tag/retune:prefix" in keys or "sagemaker:TaggingAction" in keys:
        return
    for action in statement.actions:
        service, _, operation = action.partition(":")
        if service == "sagemaker" and not operation.startswith(("Describe", "List")):
            yield action
