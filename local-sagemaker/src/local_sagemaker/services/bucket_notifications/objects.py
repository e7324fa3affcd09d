"""An object as the messages of S3 show it."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import quote_plus

_EMPTY = "d41d8cd98f00b204e9800998ecf8427e"  # the digest of nothing
_LATER_KINDS = ("ObjectTagging:", "ObjectAcl:")


def is_of_later_kind(event: str) -> bool:
    """Events of tags and grants, which have neither size nor sequencer."""
    return event.startswith(_LATER_KINDS)


def shown_object(event: str, key: Any) -> dict[str, Any]:
    """The key in its encoded form, and what there is to say of the object for the event."""
    shown: dict[str, Any] = {"key": quote_plus(key.name, safe="/")}
    if event == "ObjectRemoved:DeleteMarkerCreated":
        shown["eTag"] = _EMPTY
    elif event != "ObjectRemoved:Delete":
        shown["eTag"] = key.etag.replace('"', "")
        if not is_of_later_kind(event):
            shown["size"] = key.size
    if key.version_id not in (None, "null"):
        shown["versionId"] = key.version_id
    if not is_of_later_kind(event):
        shown["sequencer"] = f"{time.time_ns():016X}"
    return shown
