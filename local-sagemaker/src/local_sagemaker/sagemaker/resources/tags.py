"""Tags of every resource, by ARN."""

from __future__ import annotations

import threading
from typing import Any

from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.resources.scope import check_scope

MAX_TAGS = 50
_RESERVED = "aws:"


def check_tags(tags: list[dict[str, str]]) -> None:
    """Refuse tags that no resource can be given.

    Raises:
        ValidationException: a key that is AWS's own, in any case, or that is there twice.
    """
    keys = [tag["Key"] for tag in tags]
    for key in keys:
        if key.lower().startswith(_RESERVED):
            raise ValidationException(
                f"Tag key '{key}' begins with '{_RESERVED}', which is reserved for AWS use."
            )
        if keys.count(key) > 1:
            raise ValidationException(f"Duplicate tag keys found. '{key}' is given twice.")


class Tags:
    """What one account and region has of tags; every method locks."""

    def __init__(self, region: str) -> None:
        self._region = region
        self._lock = threading.Lock()
        self._by_arn: dict[str, dict[str, str]] = {}
        self._owners: dict[str, str] = {}

    @property
    def tables(self) -> dict[str, dict[str, Any]]:
        """What is saved of them."""
        return {"Tags": self._by_arn, "TagOwners": self._owners}

    def create(self, arn: str, tags: list[dict[str, str]] | None) -> None:
        """Begin the tags of a new resource, which have been checked; it was unknown before."""
        with self._lock:
            self._by_arn[arn] = {tag["Key"]: tag["Value"] for tag in tags or []}

    def share(self, arn: str, owner: str) -> None:
        """Let a resource have the tags of another one, which alone can change them."""
        with self._lock:
            self._owners[arn] = owner

    def forget(self, arn: str) -> None:
        with self._lock:
            self._by_arn.pop(arn, None)
            self._owners.pop(arn, None)

    def add_tags(self, request: dict[str, Any]) -> dict[str, Any]:
        with self._lock:
            tags = self._find(request["ResourceArn"])
            wanted = tags | {tag["Key"]: tag["Value"] for tag in request["Tags"]}
            if len(wanted) > MAX_TAGS:
                raise ValidationException(
                    f"{request['ResourceArn']} would have {len(wanted)} tags; "
                    f"a resource can have at most {MAX_TAGS}."
                )
            tags.update(wanted)
            return {"Tags": _as_list(tags)}

    def list_tags(self, request: dict[str, Any]) -> dict[str, Any]:
        """All at once: a page has room for the most that a resource can have."""
        if request.get("NextToken"):
            raise ValidationException(f"NextToken '{request['NextToken']}' is not of this list.")
        with self._lock:
            arn = request["ResourceArn"]
            return {"Tags": _as_list(self._find(self._owners.get(arn, arn)))}

    def of(self, arn: str) -> list[dict[str, str]]:
        """The tags of a resource; none for one that is just coming or going."""
        with self._lock:
            return _as_list(self._by_arn.get(self._owners.get(arn, arn), {}))

    def delete_tags(self, request: dict[str, Any]) -> dict[str, Any]:
        with self._lock:
            tags = self._find(request["ResourceArn"])
            for key in request["TagKeys"]:
                tags.pop(key, None)
        return {}

    def _find(self, arn: str) -> dict[str, str]:
        if arn in self._owners:
            raise ValidationException(
                f"{arn} has the tags of {self._owners[arn]}: change them there."
            )
        check_scope(self._region, arn)
        if arn not in self._by_arn:
            raise ValidationException(f'Could not find resource "{arn}".')
        return self._by_arn[arn]


def _as_list(tags: dict[str, str]) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in tags.items()]
