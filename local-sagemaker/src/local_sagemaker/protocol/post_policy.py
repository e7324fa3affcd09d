"""Forms with which a browser uploads to S3: their policy, and whether the form keeps to it.

S3 guide, "Creating an HTML form (using AWS Signature Version 4)" and "POST policy".
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

# Fields that need no condition.
_FREE = ("policy", "x-amz-signature", "file")


class PolicyError(ValueError):
    """The policy is malformed, has expired, or the form does not keep to it; the text says how."""


def check_policy(policy: str, fields: Mapping[str, str], size: int, now: datetime) -> None:
    """Raises PolicyError. `fields` have names in small letters; `size` is the file's, in bytes."""
    try:
        document = json.loads(base64.b64decode(policy, validate=True))
        expires = datetime.fromisoformat(document["expiration"])
        conditions = [condition for each in document["conditions"] for condition in _parse(each)]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise PolicyError("Invalid Policy: it is no document of a POST policy") from error
    if now > expires.replace(tzinfo=expires.tzinfo or UTC):
        raise PolicyError("Invalid according to Policy: Policy expired.")
    named = set()
    for kind, name, value in conditions:
        named.add(name)
        if not _holds(kind, fields.get(name, ""), value, size):
            raise PolicyError(f"Invalid according to Policy: Policy Condition failed: {name}")
    for name in fields:
        if name not in named and name not in _FREE and not name.startswith("x-ignore-"):
            raise PolicyError(f"Invalid according to Policy: Extra input fields: {name}")


def _parse(condition: Any) -> list[tuple[str, str, Any]]:
    if isinstance(condition, dict):
        return [("eq", str(name).lower(), value) for name, value in condition.items()]
    kind, name, value = condition
    if str(kind).lower() == "content-length-range":
        return [("content-length-range", "content-length-range", (int(name), int(value)))]
    return [(str(kind).lower(), str(name).removeprefix("$").lower(), value)]


def _holds(kind: str, given: str, value: Any, size: int) -> bool:
    if kind == "content-length-range":
        least, most = value
        return bool(least <= size <= most)
    if kind == "starts-with":
        return given.startswith(str(value))
    return kind == "eq" and given == str(value)
