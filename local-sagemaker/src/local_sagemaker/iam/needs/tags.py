"""Tags of a request: the condition keys they give, and the permission to put them on what is made.

Where the reference names no dependent action for tags on creation, the API reference of the
operation does: CreateLogGroup wants logs:TagResource, PutParameter ssm:AddTagsToResource, ...
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from local_sagemaker.iam.need import Need
from local_sagemaker.iam.needs.call import Call

_TAGGING = {
    "application-autoscaling": "TagResource",
    "cloudwatch": "TagResource",
    "dynamodb": "TagResource",
    "ecr": "TagResource",
    "events": "TagResource",
    "kms": "TagResource",
    "lambda": "TagResource",
    "logs": "TagResource",
    "s3": "TagResource",
    "sagemaker": "AddTags",
    "scheduler": "TagResource",
    "secretsmanager": "TagResource",
    "sns": "TagResource",
    "sqs": "TagQueue",
    "ssm": "AddTagsToResource",
    "states": "TagResource",
}
_IAM_TAGGING = {
    "CreateRole": "TagRole",
    "CreateUser": "TagUser",
    "CreatePolicy": "TagPolicy",
    "CreateInstanceProfile": "TagInstanceProfile",
}
_MAKING = ("Create", "Put", "Register")


def tags_of(call: Call) -> dict[str, str]:
    """The tags that a request gives, in whichever of the services' forms."""
    parameters = call.parameters
    given = next((parameters[name] for name in ("Tags", "tags") if name in parameters), None)
    if isinstance(given, Mapping):
        return {str(key): str(value) for key, value in given.items()}
    return dict(_pair(each) for each in given or () if isinstance(each, Mapping))


def tag_keys(call: Call) -> tuple[str, ...]:
    """The keys of tags that a request sets or takes away."""
    removed = call.texts("[TagKeys, tagKeys, tags][]") if "ntag" in call.operation else ()
    return tuple(tags_of(call)) or removed or call.texts("[TagKeys, tagKeys][]")


def tagging_needs(call: Call, resource: str) -> Iterator[Need]:
    """The permission that a request with tags needs besides the one that makes the resource."""
    tags = tags_of(call)
    making = call.operation.startswith(_MAKING)
    names = _IAM_TAGGING if call.prefix == "iam" else _TAGGING
    action = names.get(call.operation if call.prefix == "iam" else call.prefix)
    if not tags or not making or action is None:
        return
    context = request_tags(tags)
    if call.prefix == "sagemaker":
        context["sagemaker:taggingaction"] = (call.operation,)
    yield Need(f"{call.prefix}:{action}", resource, context)


def request_tags(tags: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """aws:RequestTag of each tag, and aws:TagKeys."""
    keys = {"aws:tagkeys": tuple(tags)} if tags else {}
    return {f"aws:requesttag/{key}".lower(): (value,) for key, value in tags.items()} | keys


def _pair(tag: Mapping[str, Any]) -> tuple[str, str]:
    """Of {"Key": ..., "Value": ...}, in lower case or as TagKey and TagValue with some services."""
    lower = {name.lower().removeprefix("tag"): value for name, value in tag.items()}
    return str(lower.get("key", "")), str(lower.get("value", ""))
