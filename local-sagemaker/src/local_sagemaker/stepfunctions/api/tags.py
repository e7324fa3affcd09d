"""Tags of state machines and activities, by ARN."""

from __future__ import annotations

import threading
from typing import Any

from local_sagemaker.stepfunctions.api.arns import require
from local_sagemaker.stepfunctions.errors import ResourceNotFound, TooManyTags

_MOST = 50  # AWS's guide, "Tagging in Step Functions"
Document = dict[str, Any]


class Tags:
    """Every method locks."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.by_arn: dict[str, dict[str, str]] = {}

    def create(self, arn: str, tags: list[dict[str, str]]) -> None:
        """Begin the tags of a new resource; before that the ARN is unknown here.

        Raises TooManyTags.
        """
        with self._lock:
            self.by_arn[arn] = _joined(arn, {}, tags)

    def forget(self, arn: str) -> None:
        with self._lock:
            self.by_arn.pop(arn, None)

    def operations(self) -> dict[str, Any]:
        return {
            "TagResource": self._tag,
            "UntagResource": self._untag,
            "ListTagsForResource": self._list,
        }

    def _tag(self, request: Document) -> Document:
        arn = request["resourceArn"]
        with self._lock:
            self.by_arn[arn] = _joined(arn, self._find(arn), request["tags"])
        return {}

    def _untag(self, request: Document) -> Document:
        with self._lock:
            tags = self._find(request["resourceArn"])
            for key in request["tagKeys"]:
                tags.pop(key, None)
        return {}

    def _list(self, request: Document) -> Document:
        with self._lock:
            tags = self._find(request["resourceArn"])
            return {"tags": [{"key": key, "value": value} for key, value in tags.items()]}

    def _find(self, arn: str) -> dict[str, str]:
        """A version has no tags of its own."""
        require(arn, "stateMachine", "activity")
        if arn not in self.by_arn:
            raise ResourceNotFound(f"Resource not found: '{arn}'")
        return self.by_arn[arn]


def _joined(arn: str, before: dict[str, str], tags: list[dict[str, str]]) -> dict[str, str]:
    after = before | {tag.get("key", ""): tag.get("value", "") for tag in tags}
    if len(after) > _MOST:
        raise TooManyTags(arn)
    return after
