"""Tags of state machines and activities."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stepfunctions.api.machines import create, create_arn, refusal, unique


def tags_of(sfn: Any, arn: str) -> dict[str, str]:
    listed = sfn.list_tags_for_resource(resourceArn=arn)["tags"]
    return {tag["key"]: tag["value"] for tag in listed}


def as_tags(**values: str) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in values.items()]


def test_tags_of_the_creation_are_kept(sfn: Any) -> None:
    assert tags_of(sfn, create_arn(sfn, tags=as_tags(team="sales"))) == {"team": "sales"}
    activity = sfn.create_activity(name=unique("activity"), tags=as_tags(team="desk"))
    assert tags_of(sfn, activity["activityArn"]) == {"team": "desk"}


@pytest.mark.parametrize(
    ("tags", "after"),
    [
        ([], {"team": "sales"}),
        (as_tags(team="desk"), {"team": "desk"}),
        (as_tags(empty=""), {"team": "sales", "empty": ""}),
        (as_tags(a="1") + as_tags(a="1"), {"team": "sales", "a": "1"}),
    ],
)
def test_tags_are_added_and_changed(
    sfn: Any, tags: list[dict[str, str]], after: dict[str, str]
) -> None:
    arn = create_arn(sfn, tags=as_tags(team="sales"))
    sfn.tag_resource(resourceArn=arn, tags=tags)
    assert tags_of(sfn, arn) == after


@pytest.mark.parametrize("keys", [["a"], ["a", "a"], ["a", "never"]])
def test_tags_are_taken_away(sfn: Any, keys: list[str]) -> None:
    arn = create_arn(sfn, tags=as_tags(a="1", b="2"))
    sfn.untag_resource(resourceArn=arn, tagKeys=keys)
    assert tags_of(sfn, arn) == {"b": "2"}


def test_tags_go_with_what_they_are_on(sfn: Any) -> None:
    machine = create_arn(sfn)
    activity = sfn.create_activity(name=unique("activity"))["activityArn"]
    sfn.delete_state_machine(stateMachineArn=machine)
    sfn.delete_activity(activityArn=activity)
    for arn in (machine, activity):
        assert refusal(sfn.list_tags_for_resource, resourceArn=arn)[0] == "ResourceNotFound"


def test_version_has_no_tags(sfn: Any) -> None:
    version = create(sfn, publish=True)["stateMachineVersionArn"]
    assert refusal(sfn.tag_resource, resourceArn=version, tags=as_tags(a="1")) == (
        "ResourceNotFound",
        f"Resource not found: '{version}'",
    )


def test_more_than_fifty_tags_are_refused(sfn: Any) -> None:
    arn = create_arn(sfn, tags=as_tags(**{f"k{number}": "" for number in range(50)}))
    request = {"resourceArn": arn, "tags": as_tags(one="more")}
    assert refusal(sfn.tag_resource, **request)[0] == "TooManyTags"
    assert len(tags_of(sfn, arn)) == 50
