"""The condition keys that a call gives for one of its actions."""

from __future__ import annotations

from local_sagemaker.iam.needs.call import Call
from local_sagemaker.iam.needs.condition_keys import KEYS
from local_sagemaker.iam.needs.known import Known
from local_sagemaker.iam.needs.own_keys import own_keys
from local_sagemaker.iam.needs.reference.reference import Action
from local_sagemaker.iam.needs.tags import request_tags, tag_keys, tags_of

Context = dict[str, tuple[str, ...]]


def context_of(call: Call, action: Action, known: Known) -> Context:
    """The keys in lower case, as far as the reference lists them for the action."""
    paths = KEYS.get(call.prefix, {})
    found = {key: call.texts(paths[key]) for key in paths if key in action.condition_keys}
    made = {key: values for key, values in own_keys(call, known).items() if _lists(action, key)}
    keys = {key.lower(): values for key, values in (found | made).items() if values}
    return keys | _of_tags(call, action)


def _lists(action: Action, key: str) -> bool:
    """kms:EncryptionContext:shop is listed as kms:EncryptionContext:${EncryptionContextKey}."""
    beginning = key.rpartition(":")[0] + ":${"
    return key in action.condition_keys or any(
        each.startswith(beginning) for each in action.condition_keys
    )


def _of_tags(call: Call, action: Action) -> Context:
    context: Context = {}
    if "aws:RequestTag/${TagKey}" in action.condition_keys:
        context |= request_tags(tags_of(call))
    keys = tag_keys(call)
    if keys and "aws:TagKeys" in action.condition_keys:
        context["aws:tagkeys"] = keys
    return context
