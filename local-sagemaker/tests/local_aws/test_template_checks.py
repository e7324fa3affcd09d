"""What CloudFormation refuses of a template at once, and of exports when they are made."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws import stacks

TOPIC: dict[str, Any] = {"Type": "AWS::SNS::Topic"}
SAME = {"Fn::Equals": ["a", "a"]}
NUMBER = {"Type": "Number", "Default": 1}


def output(value: Any, **more: Any) -> dict[str, Any]:
    return {"Resources": {"Topic": TOPIC}, "Outputs": {"It": {"Value": value, **more}}}


@pytest.mark.parametrize(
    ("template", "words"),
    [
        (
            {"Resources": {"Topic": TOPIC | {"Condition": "Lost"}}},
            "Unresolved condition dependency Lost in the Resources block of the template",
        ),
        (
            output("a", Condition="C") | {"Conditions": {"C": {"Fn::And": [SAME]}}},
            "every Fn::And object requires a list of at least 2 and at most 10 boolean parameters.",
        ),
        (
            output({"Fn::If": ["Lost", "a", "b"]}),
            "Unresolved condition dependency Lost in the Outputs block of the template",
        ),
        (output({"a": 1}), "The Value field of every Outputs member must evaluate to a String"),
        (output(["a"]), "The Value field of every Outputs member must evaluate to a String"),
        (output("a") | {"Description": "a" * 1025}, "'Description' length is greater than 1024"),
        (
            output("a") | {"Parameters": {"P": NUMBER | {"Type": "Int"}}},
            "Unrecognized parameter type: Int",
        ),
        (
            output("a") | {"Parameters": {"P": NUMBER | {"Minimum": 0}}},
            "Invalid template parameter property 'Minimum'",
        ),
    ],
)
def test_template_is_refused_at_once(
    local_aws: LocalAws, template: dict[str, Any], words: str
) -> None:
    name = stacks.new_name()
    with pytest.raises(ClientError, match=words.replace("(", r"\(")) as error:
        stacks.create(local_aws, name, template)
    assert error.value.response["Error"]["Code"] == "ValidationError"


def exporting(export: str, value: str) -> dict[str, Any]:
    return output(value, Export={"Name": export})


def test_export_is_of_one_stack_and_stays_while_it_is_imported(local_aws: LocalAws) -> None:
    owner, user, other, export = (stacks.new_name(each) for each in "ouxe")
    stacks.create(local_aws, owner, exporting(export, "a"))
    again = stacks.create(local_aws, other, exporting(export, "a"))
    assert again["StackStatus"] == "ROLLBACK_COMPLETE"
    said = f"Export with name {export} is already exported by stack {owner}."
    assert said in again["StackStatusReason"]
    assert not stacks.outputs(again)
    imported = {"Properties": {"DisplayName": {"Fn::ImportValue": export}}}
    stacks.create(local_aws, user, {"Resources": {"Topic": TOPIC | imported}})
    changed = stacks.update(local_aws, owner, exporting(export, "b"))
    assert changed["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert (
        f"Export {export} cannot be updated as it is in use by {user}"
        in (changed["StackStatusReason"])
    )
    assert stacks.outputs(changed) == {"It": "a"}
