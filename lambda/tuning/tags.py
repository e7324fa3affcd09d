"""Tags of what Retune makes: it finds its own things by them, and so do cost reports."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tuning.request_types import Tag

PREFIX_TAG, ENDPOINT_TAG, EXECUTION_TAG = "retune:prefix", "retune:endpoint", "retune:execution"
MODEL_TAG, OWNER_TAG = "retune:model", "retune:owner"
PREPARATION_TAG = "retune:preparation"
_NOT_IN_VALUE = re.compile(r"[^\w .:/=+\-@]")  # what TagValue of the API does not take


def app_tags(prefix: str) -> list[Tag]:
    """Tags of what stays when an execution is over."""
    return [_tag("application", "retune"), _tag(PREFIX_TAG, prefix)]


def run_tags(prefix: str, endpoint_name: str, execution_id: str) -> list[Tag]:
    """Tags of what belongs to an execution and to the endpoint that it deploys to."""
    own = {ENDPOINT_TAG: endpoint_name, EXECUTION_TAG: execution_id}
    return [*app_tags(prefix), *(_tag(key, value) for key, value in own.items())]


def model_tags(model: str | None, owner: str | None) -> list[Tag]:
    """Tags of what belongs to a model, and to who answers for it, where they are known."""
    return [_tag(key, value) for key, value in ((MODEL_TAG, model), (OWNER_TAG, owner)) if value]


def without_doubles(tags: Iterable[Tag]) -> list[Tag]:
    """SageMaker takes a key once: the last one, so that an organisation's `application` counts."""
    return list({tag["Key"]: tag for tag in tags}.values())


def preparation_tags(uri: str) -> list[Tag]:
    """Of a model and its endpoint config: where the description lies of the table behind it."""
    return [_tag(PREPARATION_TAG, uri)]


def _tag(key: str, value: str) -> Tag:
    return {"Key": key, "Value": _NOT_IN_VALUE.sub("-", value)[:256]}
